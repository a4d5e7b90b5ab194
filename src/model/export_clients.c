#include "export_clients.h"

static bool has_address(const struct export_client *client,
			struct ip_address address)
{
	struct ip_address own;

	if (client->numeric)
		return ip_address_parse_host(client->name, &own) &&
		       ip_address_equal(own, address);
	for (size_t i = 0; i < client->address_count; i++)
		if (ip_address_equal(client->addresses[i], address))
			return true;
	return false;
}

/* The earliest client that has one of the addresses, or UINT32_MAX. */
static uint32_t find_by_address(const struct export_clients *clients,
				const struct ip_address *addresses,
				size_t count)
{
	uint32_t earliest = UINT32_MAX;

	for (size_t i = 0; i < count; i++) {
		uint32_t hash = ip_address_hash(addresses[i]);

		ID_TABLE_EACH (&clients->by_address, hash, id)
			if (id < earliest &&
			    has_address(&clients->list.items[id], addresses[i]))
				earliest = id;
	}
	return earliest;
}

static uint32_t add(struct arena *arena, struct export_clients *clients,
		    struct export_client client)
{
	*ARRAY_ADD(arena, &clients->list) = client;
	return (uint32_t)clients->list.count - 1;
}

static uint32_t add_host(struct arena *arena, struct export_clients *clients,
			 struct export_client client,
			 const struct ip_address *addresses, size_t count)
{
	uint32_t id = find_by_address(clients, addresses, count);

	if (id != UINT32_MAX)
		return id;
	id = add(arena, clients, client);
	if (count > CLIENT_ADDRESSES_MAX)
		count = CLIENT_ADDRESSES_MAX;
	for (size_t i = 0; i < count; i++)
		id_table_add(arena, &clients->by_address,
			     ip_address_hash(addresses[i]), id);
	return id;
}

static uint32_t hash_of_name(enum client_type type, struct str name)
{
	return hash_bytes_nocase(type, name);
}

const struct export_client *
export_clients_find(const struct export_clients *clients, enum client_type type,
		    struct str name)
{
	ID_TABLE_EACH (&clients->by_name, hash_of_name(type, name), id) {
		const struct export_client *client = &clients->list.items[id];

		if (client->type == type &&
		    str_equal_nocase(client->name, name))
			return client;
	}
	return NULL;
}

static uint32_t add_named(struct arena *arena, struct export_clients *clients,
			  struct export_client client)
{
	const struct export_client *same =
		export_clients_find(clients, client.type, client.name);
	uint32_t added;

	if (same)
		return (uint32_t)(same - clients->list.items);
	added = add(arena, clients, client);
	id_table_add(arena, &clients->by_name,
		     hash_of_name(client.type, client.name), added);
	return added;
}

uint32_t export_clients_add(struct arena *arena, struct export_clients *clients,
			    struct str host, struct client_spec spec,
			    const struct resolved_name *name)
{
	struct export_client client = {
		.name = host,
		.type = (uint8_t)spec.type,
		.numeric = spec.address.family != IP_NONE,
	};

	if (client.numeric)
		return add_host(arena, clients, client, &spec.address, 1);
	if (spec.type == CLIENT_HOST && name) {
		client.name = name->canonical;
		client.addresses = name->addresses;
		client.address_count =
			(uint32_t)(name->address_count < CLIENT_ADDRESSES_MAX
					   ? name->address_count
					   : CLIENT_ADDRESSES_MAX);
		return add_host(arena, clients, client, name->addresses,
				name->address_count);
	}
	return add_named(arena, clients, client);
}

bool export_clients_has_address(const struct export_clients *clients,
				struct ip_address address)
{
	return find_by_address(clients, &address, 1) != UINT32_MAX;
}
