/* The loaded entries of a table by their paths. */
#ifndef PATH_GROUPS_H
#define PATH_GROUPS_H

#include "rule.h"

struct path_group {
	uint32_t path;	   /* its number */
	uint32_t *entries; /* indexes, in the order of loading */
	size_t count;
};

struct path_groups {
	const struct rule_run *run;
	struct path_group *by_path; /* for each number; may be empty */
	size_t count;
};

struct path_groups path_groups_of(const struct rule_run *run);

/* The nearest directory above the group's path that is exported itself, or
 * NULL. Told from the text of the paths. */
const struct path_group *path_group_above(const struct path_groups *groups,
					  const struct path_group *group);

/* The group's entry for everybody, or NULL. */
const struct export_entry *path_group_everybody(const struct rule_run *run,
						const struct path_group *group);

static inline const struct export_entry *
path_group_entry(const struct rule_run *run, const struct path_group *group,
		 size_t i)
{
	return &run->table->entries.items[group->entries[i]];
}

#endif
