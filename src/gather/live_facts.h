/* What the running NFS server shows of itself: the tables of exportfs and
 * mountd, and the files of the kernel below /proc. */
#ifndef LIVE_FACTS_H
#define LIVE_FACTS_H

#include "live_state.h"
#include "local_state.h"
#include "root.h"

/* Reads all of it below the root; what can't be read is noted. state->server
 * says where mountd keeps its files, and files that findings point to become
 * sources of state. */
struct live_state *live_facts_gather(struct arena *arena,
				     const struct root *root,
				     struct local_state *state);

#endif
