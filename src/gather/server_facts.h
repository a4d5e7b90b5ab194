/* Finds what the files below the root say about the NFS server. */
#ifndef SERVER_FACTS_H
#define SERVER_FACTS_H

#include "local_server.h"
#include "local_state.h"
#include "root.h"
#include "target.h"

/* Reads nfs.conf, idmapd.conf, the owners and modes of what decides the
 * exports, fstab and some files of the system for a server with that version
 * of nfs-utils. Files that findings may point to become sources of state.
 * What is not there, or can't be read, is left out. */
const struct local_server *server_facts_gather(struct arena *arena,
					       const struct root *root,
					       version_number nfs_utils,
					       struct local_state *state);

#endif
