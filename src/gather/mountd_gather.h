/* Asks the mountd of the running host for its list of exports, as any client
 * may. */
#ifndef MOUNTD_GATHER_H
#define MOUNTD_GATHER_H

#include "live_state.h"
#include "root.h"

/* Asks over loopback, rpcbind first, for two seconds at most, and fills
 * live->mountd. Where root is not the host's, there is no etab, or the server
 * is known to speak NFSv4 only, nobody is asked and nothing is said. What keeps
 * a list that should be there from being had is noted in live->unchecked.
 * live->in_force is read already, from the file etab. */
void mountd_gather(struct arena *arena, const struct root *root,
		   const char *etab, struct live_state *live);

#endif
