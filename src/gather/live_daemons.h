/* Which of the programs run that the kernel's NFS server asks for Kerberos and
 * TLS. */
#ifndef LIVE_DAEMONS_H
#define LIVE_DAEMONS_H

#include "live_state.h"
#include "root.h"

/* Looks for them among the processes below the root's /proc; does nothing
 * while no server runs there. What can't be seen is noted in live. */
void live_daemons_gather(struct arena *arena, const struct root *root,
			 struct live_state *live);

#endif
