/* The clients that the kernel's NFSv4 server has now. */
#ifndef NFSD_CLIENTS_H
#define NFSD_CLIENTS_H

#include "nfsd_client_parser.h"
#include "root.h"

/* Reads /proc/fs/nfsd/clients below the root, in the order of their numbers.
 * Returns 0, or errno(3) when the folder can't be read, which only root
 * can. */
int nfsd_clients_gather(struct arena *arena, const struct root *root,
			struct nfsd_clients *clients);

#endif
