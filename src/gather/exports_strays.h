/* What stands in exports.d and is not read by exportfs. */
#ifndef EXPORTS_STRAYS_H
#define EXPORTS_STRAYS_H

#include "local_server.h"
#include "local_state.h"
#include "root.h"

/* Adds them to server, each with a source of its own. */
void exports_strays_gather(struct arena *arena, const struct root *root,
			   struct local_state *state,
			   struct local_server *server);

#endif
