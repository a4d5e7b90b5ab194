/* The lists of another server, in the form in which they are compared with what
 * it listed before: sorted, nothing twice. */
#ifndef SERVER_LISTS_H
#define SERVER_LISTS_H

#include "array.h"
#include "str.h"

struct server_list_row {
	struct str path;
	struct str clients; /* with commas between them */
};

struct server_lists {
	/* are these lists here? One may be too long */
	bool has_exports, has_clients;
	ARRAY(struct server_list_row) exports;
	ARRAY(struct str) clients; /* that have something mounted */
};

#endif
