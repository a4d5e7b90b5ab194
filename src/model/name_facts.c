#include "name_facts.h"

const struct address_name *name_facts_find(const struct name_facts *facts,
					   struct ip_address address)
{
	ID_TABLE_EACH (&facts->by_address, ip_address_hash(address), id)
		if (ip_address_equal(facts->addresses.items[id].address,
				     address))
			return &facts->addresses.items[id];
	return NULL;
}
