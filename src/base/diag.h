/* What is wrong with somebody's text, and what happens because of it. */
#ifndef DIAG_H
#define DIAG_H

#include "array.h"
#include "source.h"

struct diag {
	unsigned kind;	 /* of an enum of the one who reports */
	uint32_t source; /* index of the source in the caller's list */
	struct span span;
	const char *message;	 /* one sentence without a full stop */
	const char *consequence; /* what happens to the entry, or NULL */
};

/* In the order in which they were found. Texts live in the same arena and may
 * hold bytes of the file: print them escaped. */
struct diag_list {
	ARRAY(struct diag) list;
};

/* Adds a diagnostic; the address is valid until the next one is added. */
struct diag *diag_add(struct arena *arena, struct diag_list *diags,
		      struct diag diag);

#endif
