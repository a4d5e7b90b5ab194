#include "client_overlap.h"

#include "address_set.h"
#include "client_network.h"

/* The addresses of a network or of a numeric host; false for names. */
static bool read_network(const struct export_client *client,
			 struct client_network *network)
{
	if (client->type == CLIENT_NETWORK)
		return client_network_parse(client->name, network) ==
		       CLIENT_FINE;
	if (client->type != CLIENT_HOST || !client->numeric ||
	    !ip_address_parse_host(client->name, &network->address))
		return false;
	memset(network->mask.bytes, 0xff, sizeof(network->mask.bytes));
	network->mask.family = network->address.family;
	return true;
}

static bool is_everybody(const struct export_client *client)
{
	return client->type == CLIENT_ANONYMOUS;
}

bool clients_may_overlap(const struct export_client *a,
			 const struct export_client *b)
{
	struct client_network x = { 0 }, y = { 0 };

	if (a == b || is_everybody(a) || is_everybody(b))
		return true;
	if (!read_network(a, &x) || !read_network(b, &y))
		return a->type != CLIENT_HOST || b->type != CLIENT_HOST;
	return client_networks_overlap(&x, &y);
}

bool client_may_cover(const struct export_client *outer,
		      const struct export_client *inner)
{
	struct client_network x = { 0 }, y = { 0 };

	if (outer == inner || is_everybody(outer))
		return true;
	if (is_everybody(inner))
		return false;
	if (!read_network(outer, &x))
		return outer->type != CLIENT_HOST;
	if (!read_network(inner, &y))
		return x.address.family && outer->type == CLIENT_NETWORK;
	return client_network_contains(&x, &y);
}
