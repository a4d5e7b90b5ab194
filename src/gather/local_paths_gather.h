/* Looks at exported paths and mounts below the root. */
#ifndef LOCAL_PATHS_GATHER_H
#define LOCAL_PATHS_GATHER_H

#include "export_table.h"
#include "local_paths.h"
#include "root.h"

/* The facts of all paths of the table, in arena. Each directory on the way to
 * a path is looked at once. Mounts come from /proc/self/mountinfo below the
 * root; without it they are not known. */
const struct local_paths *local_paths_gather(struct arena *arena,
					     const struct root *root,
					     const struct export_table *table);

#endif
