#include "own_addresses.h"

#include <ifaddrs.h>
#include <netinet/in.h>

void own_addresses_gather(struct arena *arena, struct own_addresses *own)
{
	struct ip_address address;
	struct ifaddrs *list;

	*own = (struct own_addresses){ 0 };
	if (getifaddrs(&list) != 0)
		return;
	for (struct ifaddrs *at = list; at; at = at->ifa_next)
		if (at->ifa_addr &&
		    ip_address_of_socket(at->ifa_addr, &address))
			*ARRAY_ADD(arena, &own->list) = address;
	freeifaddrs(list);
}

bool own_addresses_has(const struct own_addresses *own,
		       struct ip_address address)
{
	if (address.family == IP_V4 && address.bytes[0] == IN_LOOPBACKNET)
		return true;
	for (size_t i = 0; i < own->list.count; i++)
		if (ip_address_equal(own->list.items[i], address))
			return true;
	return false;
}
