/* Which entry of a path decides for the client of an entry of another path. */
#ifndef PATH_DECISIONS_H
#define PATH_DECISIONS_H

#include "network_forest.h"

struct path_view {
	bool built;
	struct network_forest forest;
	const struct export_entry *everybody;
};

struct path_decisions {
	struct rule_run *run;
	struct path_groups groups;
	struct path_view *views;   /* for each path, built when it is asked */
	struct id_table by_client; /* loaded entries by path and client */
};

/* The entry of group that decides for all of entry's client, so far as the
 * text tells: the same client, a host, the first network that has it, or the
 * entry for everybody. NULL if none does, or it isn't known. */
const struct export_entry *path_decide(struct path_decisions *decisions,
				       const struct path_group *group,
				       const struct export_entry *entry);

/* Calls check for the entries of each path that lies below another exported
 * path, with those of the nearest one above. */
void path_decisions_each(struct rule_run *run,
			 void (*check)(struct path_decisions *decisions,
				       const struct path_group *group,
				       const struct path_group *above));

#endif
