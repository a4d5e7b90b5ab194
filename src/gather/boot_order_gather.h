/* Finds out whether host names can be looked up when exportfs runs at boot. */
#ifndef BOOT_ORDER_GATHER_H
#define BOOT_ORDER_GATHER_H

#include "boot_order.h"
#include "local_state.h"
#include "root.h"

/* Reads nfs-server.service with its drop-ins, what is enabled to wait for the
 * network, nsswitch.conf, resolv.conf, hosts and hostname below the root. The
 * unit becomes a source of state where a finding may point to it. */
const struct boot_order *boot_order_gather(struct arena *arena,
					   const struct root *root,
					   struct local_state *state);

#endif
