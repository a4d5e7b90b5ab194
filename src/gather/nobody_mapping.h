/* Do the user and the group exist that idmapd.conf has for strangers? */
#ifndef NOBODY_MAPPING_H
#define NOBODY_MAPPING_H

#include "arena.h"
#include "local_server.h"
#include "root.h"

/* Fills server->nobodies from server->idmapd_conf and the accounts below the
 * root. Where a service that is not asked may have a name, it is not taken for
 * missing. */
void nobody_mapping_gather(struct arena *arena, const struct root *root,
			   struct local_server *server);

#endif
