/* The clients of a table: which spellings are one and the same to nfs-utils
 * (client_lookup in its client.c). */
#ifndef EXPORT_CLIENTS_H
#define EXPORT_CLIENTS_H

#include "client_spec.h"
#include "export_lookups.h"
#include "resolved_names.h"

/* nfs-utils keeps no more addresses of a name. */
enum { CLIENT_ADDRESSES_MAX = 16 };

struct export_client {
	struct str name; /* as etab writes it: of a host the canonical name,
			    else the first spelling that the table has */
	const struct ip_address *addresses; /* of a host name that was asked */
	uint32_t address_count;
	uint8_t type; /* enum client_type */
	bool numeric; /* a host whose name is its address */
};

struct export_clients {
	ARRAY(struct export_client) list;
	struct id_table by_name;    /* names but for case, with their type */
	struct id_table by_address; /* of hosts */
};

/* Asks for the memory that a numeric host's look-up needs soon. */
static inline void export_clients_prefetch(const struct export_clients *clients,
					   struct client_spec spec)
{
	if (spec.address.family != IP_NONE)
		id_table_prefetch(&clients->by_address,
				  ip_address_hash(spec.address));
}

/* The client of a host text. Hosts with an address in common are one client,
 * and so are other clients that differ only in case. name is what was found
 * for a host that is not numeric, NULL if it was not asked. Must be called in
 * the order of the table: the first spelling counts. */
uint32_t export_clients_add(struct arena *arena, struct export_clients *clients,
			    struct str host, struct client_spec spec,
			    const struct resolved_name *name);

/* The client of that type and name, NULL if there is none; not for hosts whose
 * addresses are known. */
const struct export_client *
export_clients_find(const struct export_clients *clients, enum client_type type,
		    struct str name);

/* Does a host of the table have that address? */
bool export_clients_has_address(const struct export_clients *clients,
				struct ip_address address);

#endif
