/* A private machine for exportfs: own mount and network namespaces, with an
 * /etc, /var/lib/nfs and /srv that nobody else sees. */
#ifndef SANDBOX_H
#define SANDBOX_H

#include "failure.h"

/* Enters new namespaces (as root, else through a user namespace), mounts
 * empty file systems on /etc, /var/lib/nfs and /srv, copies etc/hosts and srv
 * from the directory root_fd, brings up the loopback device and makes / the
 * current directory. Only for processes of one thread; there is no way
 * back. */
bool sandbox_enter(int root_fd, struct failure *failure)
	__attribute__((warn_unused_result));

#endif
