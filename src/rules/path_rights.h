/* Who has which rights on a path, to be compared with those on another. */
#ifndef PATH_RIGHTS_H
#define PATH_RIGHTS_H

#include "path_groups.h"
#include "path_rules.h"

/* A number that is the same for paths with the same clients and policies, in
 * whatever order. */
uint64_t path_rights_of(const struct rule_run *run,
			const struct path_group *group);

#endif
