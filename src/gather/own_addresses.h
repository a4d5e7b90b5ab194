/* The addresses of this host. */
#ifndef OWN_ADDRESSES_H
#define OWN_ADDRESSES_H

#include "array.h"
#include "ip_address.h"

struct own_addresses {
	ARRAY(struct ip_address) list;
};

/* Those of all interfaces, now. */
void own_addresses_gather(struct arena *arena, struct own_addresses *own);

/* Is it one of them, or of the network 127.0.0.0/8? */
bool own_addresses_has(const struct own_addresses *own,
		       struct ip_address address);

#endif
