/* What files that are not of nfs-utils say and rules on the server need. */
#ifndef HOST_FACTS_H
#define HOST_FACTS_H

#include "local_server.h"
#include "local_state.h"
#include "root.h"

/* Fills the parts of server that come from /etc/fstab, /etc/default,
 * /etc/sysconfig, nsswitch.conf, services, group, krb5.conf, keytabs and the
 * units of systemd. */
void host_facts_gather(struct arena *arena, const struct root *root,
		       struct local_state *state, struct local_server *server);

#endif
