#include "live_clients.h"

#include <stdlib.h>

#include "id_table.h"

enum { NFS_PORT = 2049 };

struct merge {
	struct arena *arena;
	const struct live_state *live;
	struct live_clients *clients;
	struct id_table by_name; /* name, or text of the address */
};

const char *client_state_name(enum client_state state)
{
	static const char *const names[CLIENT_STATES] = {
		[CLIENT_LIVE] = "live",
		[CLIENT_COURTESY] = "courtesy",
		[CLIENT_STALE] = "stale",
		[CLIENT_UNKNOWN] = "unknown",
	};

	return names[state];
}

static struct live_client *find(struct merge *merge, struct str name)
{
	ID_TABLE_EACH (&merge->by_name, hash_bytes(0, name), id)
		if (str_equal(merge->clients->list.items[id].name, name))
			return &merge->clients->list.items[id];
	return NULL;
}

static struct live_client *find_or_add(struct merge *merge, struct str name,
				       struct ip_address address)
{
	struct live_client *client = find(merge, name);

	if (client)
		return client;
	id_table_add(merge->arena, &merge->by_name, hash_bytes(0, name),
		     (uint32_t)merge->clients->list.count);
	client = ARRAY_ADD(merge->arena, &merge->clients->list);
	client->address = address;
	client->name =
		(struct str){ arena_copy(merge->arena, name.data, name.length),
			      name.length };
	return client;
}

static struct live_client *client_at(struct merge *merge,
				     struct ip_address address)
{
	char text[IP_ADDRESS_TEXT];

	return find_or_add(merge, str_of(ip_address_text(address, text)),
			   address);
}

static void add_mounts(struct merge *merge)
{
	const struct rmtab *rmtab = merge->live->rmtab;

	for (size_t i = 0; i < rmtab->list.count; i++) {
		const struct rmtab_entry *entry = &rmtab->list.items[i];
		struct ip_address address = { 0 };
		struct live_client *client =
			ip_address_parse(entry->client, &address)
				? client_at(merge, address)
				: find_or_add(merge, entry->client, address);

		*ARRAY_ADD(merge->arena, &client->mounts) = entry;
	}
}

static void add_nfs4(struct merge *merge)
{
	const struct nfsd_clients *clients = merge->live->nfs4_clients;

	for (size_t i = 0; i < clients->list.count; i++) {
		const struct nfsd_client *nfs4 = &clients->list.items[i];
		struct live_client *client =
			nfs4->address.family == IP_NONE
				? find_or_add(merge, nfs4->address_text,
					      nfs4->address)
				: client_at(merge, nfs4->address);

		*ARRAY_ADD(merge->arena, &client->nfs4) = nfs4;
	}
}

static bool is_nfs_port(const struct live_state *live, uint16_t port)
{
	if (!live->ports || !nfsd_ports_have(live->ports, "tcp", 0))
		return port == NFS_PORT;
	return nfsd_ports_have(live->ports, "tcp", port);
}

/* Is it the connection of a client of NFSv4 that is not heard of any more? The
 * server keeps it for a while. */
static bool is_left_over(const struct live_client *client, uint16_t port)
{
	for (size_t i = 0; i < client->nfs4.count; i++) {
		const struct nfsd_client *nfs4 = client->nfs4.items[i];

		if (nfs4->port == port &&
		    (nfs4->status == NFSD_CLIENT_COURTESY ||
		     nfs4->status == NFSD_CLIENT_EXPIRABLE))
			return true;
	}
	return false;
}

static void add_peers(struct merge *merge)
{
	const struct socket_table *tcp = merge->live->tcp;

	for (size_t i = 0; i < tcp->list.count; i++) {
		const struct socket_entry *entry = &tcp->list.items[i];
		struct live_client *client;

		if (entry->state != SOCKET_ESTABLISHED ||
		    !is_nfs_port(merge->live, entry->local_port))
			continue;
		client = client_at(merge, entry->remote);
		client->connected = true;
		client->in_use |= !is_left_over(client, entry->remote_port);
	}
}

/* "$10.1.2.3" is said where the names are too many. */
static void add_domains(struct merge *merge)
{
	const struct kernel_clients *kernel = merge->live->kernel_clients;
	char text[IP_ADDRESS_TEXT];

	for (size_t i = 0; i < kernel->list.count; i++) {
		const struct kernel_client *row = &kernel->list.items[i];
		struct live_client *client = find(
			merge, str_of(ip_address_text(row->address, text)));

		if (!client || client->asked)
			continue;
		client->domain = str_starts(row->domain, STR("$"))
					 ? (struct str){ 0 }
					 : row->domain;
		client->asked = row->domain.length != 0;
	}
}

static bool has_nfs4(const struct live_client *client, const char *state)
{
	for (size_t i = 0; i < client->nfs4.count; i++)
		if (strcmp(nfsd_client_state(client->nfs4.items[i]), state) ==
		    0)
			return true;
	return false;
}

/* Would a client that uses the server have a connection that shows? The sockets
 * of IPv6 are in a file of their own, where at least the server listens. */
static bool connections_show(const struct live_state *live,
			     enum ip_family family)
{
	for (size_t i = 0; live->ports && i < live->ports->list.count; i++)
		if (!str_is(live->ports->list.items[i].transport, "tcp"))
			return false;
	for (size_t i = 0; live->tcp && i < live->tcp->list.count; i++)
		if (live->tcp->list.items[i].local.family == family)
			return true;
	return false;
}

/* A client closes the connection of a mount that it has not used for some
 * minutes. */
static enum client_state state_of(const struct live_client *client,
				  const bool *shows)
{
	if (client->in_use || has_nfs4(client, "live"))
		return CLIENT_LIVE;
	if (has_nfs4(client, "courtesy"))
		return CLIENT_COURTESY;
	/* a name can't be compared with the addresses of connections */
	return shows[client->address.family] && !client->asked ? CLIENT_STALE
							       : CLIENT_UNKNOWN;
}

static int compare(const void *left, const void *right)
{
	const struct live_client *a = left, *b = right;
	int order;

	if (a->address.family != b->address.family)
		return a->address.family < b->address.family ? -1 : 1;
	order = memcmp(a->address.bytes, b->address.bytes,
		       sizeof(a->address.bytes));
	if (order)
		return order;
	order = memcmp(a->name.data, b->name.data,
		       a->name.length < b->name.length ? a->name.length
						       : b->name.length);
	if (order)
		return order;
	return a->name.length < b->name.length ? -1 : 1;
}

void live_clients_merge(struct arena *arena, const struct live_state *live,
			struct live_clients *clients)
{
	struct merge merge = {
		.arena = arena,
		.live = live,
		.clients = clients,
	};
	const bool shows[] = {
		[IP_NONE] = false,
		[IP_V4] = connections_show(live, IP_V4),
		[IP_V6] = connections_show(live, IP_V6),
	};

	*clients = (struct live_clients){ 0 };
	if (live->rmtab)
		add_mounts(&merge);
	if (live->nfs4_clients)
		add_nfs4(&merge);
	if (live->tcp)
		add_peers(&merge);
	if (live->kernel_clients)
		add_domains(&merge);
	for (size_t i = 0; i < clients->list.count; i++)
		clients->list.items[i].state =
			state_of(&clients->list.items[i], shows);
	if (clients->list.count)
		qsort(clients->list.items, clients->list.count,
		      sizeof(*clients->list.items), compare);
}
