/* The list of mounted clients that mountd keeps, /var/lib/nfs/rmtab. */
#ifndef RMTAB_PARSER_H
#define RMTAB_PARSER_H

#include "array.h"
#include "str.h"

/* One line: a client that has mounted a path, count times. */
struct rmtab_entry {
	struct str client; /* an address, colons of IPv6 restored; rarely a
			      name */
	struct str path;   /* as asked for, which may be below an export */
	uint32_t count;
};

struct rmtab {
	ARRAY(struct rmtab_entry) list;
	uint32_t malformed_line; /* from 1: where mountd stops to read, since
				    there is no colon in it; 0: nowhere */
};

/* Reads text, which must outlive the result, as nfs-utils does (support/nfs/
 * rmtab.c): up to a malformed line; a missing count is 1. */
void rmtab_parse(struct arena *arena, struct str text, struct rmtab *rmtab);

#endif
