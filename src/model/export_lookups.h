/* What a table needs to know from outside: the paths and the host names that
 * its files mention. gather finds the answers; the table is built from them. */
#ifndef EXPORT_LOOKUPS_H
#define EXPORT_LOOKUPS_H

#include "export_document.h"
#include "id_table.h"

/* Distinct texts with their numbers. */
struct text_set {
	ARRAY(struct str) list;
	struct id_table index;
};

/* The number of text, which is added if it is new; its bytes must live as
 * long as the set. */
uint32_t text_set_add(struct arena *arena, struct text_set *set,
		      struct str text);

/* The number of text, or UINT32_MAX. */
uint32_t text_set_find(const struct text_set *set, struct str text);

struct export_lookups {
	/* Paths as they are written, decoded; behind them those that a table
	 * adds, as the server has them. */
	struct text_set paths;
	struct text_set names; /* of hosts that are not numeric */

	/* For each entry of each document in order, the number of its path;
	 * UINT32_MAX for an entry without a path that exportfs can read. */
	ARRAY(uint32_t) entry_paths;
};

/* Collects the paths of all documents, and the host names if with_names. */
void export_lookups_collect(struct arena *arena,
			    const struct export_documents *documents,
			    bool with_names, struct export_lookups *lookups);

#endif
