#include "client_reach.h"

enum { BROAD_BITS_V4 = 32 - 15, BROAD_BITS_V6 = 128 - 32, READABLE_BITS = 40 };

/* Networks whose addresses are not reached from the internet. */
static const char *const inner_networks[] = {
	"10.0.0.0/8",	  "172.16.0.0/12",
	"192.168.0.0/16", "100.64.0.0/10",
	"127.0.0.0/8",	  "169.254.0.0/16",
	"192.0.2.0/24",	  "198.51.100.0/24",
	"203.0.113.0/24", "fc00::/7",
	"fe80::/10",	  "::1/128",
	"2001:db8::/32",  NULL,
};

/* Does outer have every address of inner? Only for contiguous masks, which
 * is what the table above has. */
static bool contains(const struct client_network *outer,
		     const struct client_network *inner)
{
	unsigned size = ip_address_size(outer->address);

	if (outer->address.family != inner->address.family)
		return false;
	for (unsigned i = 0; i < size; i++) {
		uint8_t mask = outer->mask.bytes[i];

		if ((inner->mask.bytes[i] & mask) != mask ||
		    (inner->address.bytes[i] ^ outer->address.bytes[i]) & mask)
			return false;
	}
	return true;
}

static bool is_inner(const struct client_network *network)
{
	struct client_network inner;

	for (const char *const *text = inner_networks; *text; text++)
		if (client_network_parse(str_of(*text), &inner) ==
			    CLIENT_FINE &&
		    contains(&inner, network))
			return true;
	return false;
}

static struct client_reach network_reach(const struct client_network *network)
{
	unsigned bits = client_network_free_bits(network);
	bool v4 = network->address.family == IP_V4;

	return (struct client_reach){
		.everybody = bits == (v4 ? 32 : 128),
		.broad = bits > (v4 ? BROAD_BITS_V4 : BROAD_BITS_V6),
		.is_public = !network->zero_prefix && !is_inner(network),
		.single = bits == 0,
	};
}

bool address_is_public(struct ip_address address)
{
	struct client_network network = { .address = address };

	memset(network.mask.bytes, 0xff, sizeof(network.mask.bytes));
	network.mask.family = address.family;
	return !is_inner(&network);
}

struct client_reach client_reach_of(const struct export_client *client)
{
	struct client_reach reach = { 0 };
	struct client_network network = { 0 };

	switch ((enum client_type)client->type) {
	case CLIENT_ANONYMOUS:
		reach.everybody = reach.broad = reach.is_public = true;
		break;
	case CLIENT_NETWORK:
		if (client_network_parse(client->name, &network) == CLIENT_FINE)
			reach = network_reach(&network);
		break;
	case CLIENT_HOST:
		if (client->numeric &&
		    ip_address_parse_host(client->name, &network.address))
			reach.is_public = address_is_public(network.address);
		reach.single = true;
		break;
	case CLIENT_WILDCARD:
	case CLIENT_NETGROUP:
	case CLIENT_GSS:
	case CLIENT_TYPES:
		break;
	}
	return reach;
}

const char *address_count_text(struct arena *arena, unsigned bits)
{
	char digits[32];
	int length;
	char *text, *at;

	if (bits > READABLE_BITS)
		return arena_printf(arena, "2^%u", bits);
	length = snprintf(digits, sizeof(digits), "%llu", 1ull << bits);
	at = text = arena_alloc(arena, sizeof(digits) * 2);
	for (int i = 0; i < length; i++) {
		if (i && (length - i) % 3 == 0)
			*at++ = ',';
		*at++ = digits[i];
	}
	return text;
}

const char *client_reach_text(struct arena *arena,
			      const struct export_client *client)
{
	static const char *const prefixes[CLIENT_TYPES] = {
		[CLIENT_HOST] = "the host ",
		[CLIENT_NETWORK] = "",
		[CLIENT_WILDCARD] = "hosts named ",
		[CLIENT_NETGROUP] = "the netgroup ",
		[CLIENT_GSS] = "",
	};
	struct client_network network;
	unsigned bits;

	if (client->type == CLIENT_ANONYMOUS)
		return "everybody";
	if (client->type == CLIENT_NETWORK &&
	    client_network_parse(client->name, &network) == CLIENT_FINE) {
		bits = client_network_free_bits(&network);
		return arena_printf(
			arena, "%.*s (%s address%s)", STR_ARG(client->name),
			address_count_text(arena, bits), bits ? "es" : "");
	}
	return arena_printf(arena, "%s%.*s", prefixes[client->type],
			    STR_ARG(client->name));
}
