/* The accounts of a server whose groups make them as good as root. */
#ifndef POWERFUL_IDS_H
#define POWERFUL_IDS_H

#include "local_server.h"
#include "root.h"

/* Fills server->powerful from /etc/group and /etc/passwd below the root: the
 * groups of sudo(8), of container and virtual machine services, and of raw
 * disks and password hashes, with their members. */
void powerful_ids_gather(struct arena *arena, const struct root *root,
			 struct local_server *server);

#endif
