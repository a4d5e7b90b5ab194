/* The addresses of a network client, as mountd really matches them. */
#ifndef CLIENT_NETWORK_H
#define CLIENT_NETWORK_H

#include "client_spec.h"

/* An address matches if it equals `address` in all bits of `mask`. Bits of the
 * mask need not be contiguous, bits of the address outside it don't count. */
struct client_network {
	struct ip_address address, mask;
	bool zero_prefix; /* /0 or nothing behind the slash: nfs-utils shifts by
			     32 bits then, which x86 and arm take for no shift
			     at all; the mask is what comes of it there */
};

/* Reads ADDRESS/PREFIX or ADDRESS/NETMASK (init_subnetwork in nfs-utils'
 * client.c). *network is meaningful only when it gives CLIENT_FINE. */
enum client_problem client_network_parse(struct str host,
					 struct client_network *network);

/* Bits that an address may choose freely: 8 for a /24 of IPv4. */
unsigned client_network_free_bits(const struct client_network *network);

#endif
