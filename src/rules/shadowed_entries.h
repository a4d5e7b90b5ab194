/* Entries of a path that never decide, because others come first. */
#ifndef SHADOWED_ENTRIES_H
#define SHADOWED_ENTRIES_H

#include "path_groups.h"

/* Sets shadowed[i] for each entry of the group, by its index in the table,
 * that certainly decides for nobody. */
void shadowed_entries_mark(struct rule_run *run, const struct path_group *group,
			   bool *shadowed);

#endif
