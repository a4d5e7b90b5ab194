/* Finds out how rpc.mountd looks up what clients mount below an export. */
#ifndef MOUNT_LOOKUP_GATHER_H
#define MOUNT_LOOKUP_GATHER_H

#include "export_table.h"
#include "live_state.h"
#include "local_state.h"
#include "root.h"

/* Reads usr/sbin/rpc.mountd below the root, which is never run, if NFSv3 is
 * served; where it does not check, also looks for a directory that is closed,
 * among the exported ones and those directly in them. Sets live->mount_lookup
 * if table squashes somebody, or says in live->unchecked why it is not known.
 */
void mount_lookup_gather(struct arena *arena, const struct root *root,
			 const struct export_table *table,
			 struct local_state *state, struct live_state *live);

#endif
