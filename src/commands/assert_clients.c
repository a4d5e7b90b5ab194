#include "assert_clients.h"

#include "hosts_parser.h"
#include "server_list_parser.h"

static void add_network(struct arena *arena, struct address_set *set,
			struct ip_address network, unsigned prefix)
{
	struct ip_address last = network;
	unsigned bits = 8 * ip_address_size(network);

	for (unsigned i = prefix; i < bits; i++)
		last.bytes[i / 8] |= (uint8_t)(0x80u >> i % 8);
	address_set_add_range(
		arena, set, (enum ip_family)network.family,
		(struct address_range){ address_number_of(network),
					address_number_of(last) });
}

/* The addresses that the hosts file may have names for: to an IPv4 address its
 * mapped IPv6 form counts as well, and ::1 to 127.0.0.1. */
static void add_listed(struct arena *arena, const struct hosts *hosts,
		       struct address_set *listed)
{
	struct ip_address loopback = { .family = IP_V4,
				       .bytes = { 127, 0, 0, 1 } };

	address_set_add_address(arena, listed, loopback);
	for (size_t i = 0; i < hosts->lines.count; i++) {
		struct ip_address address = hosts->lines.items[i].address;
		struct ip_address mapped = { .family = IP_V4 };

		address_set_add_address(arena, listed, address);
		if (address.family != IP_V6)
			continue;
		memcpy(mapped.bytes, address.bytes + 12, 4);
		address_set_add_address(arena, listed, mapped);
	}
}

static void take_out(const struct access_sources *sources,
		     struct assert_clients *clients, enum ip_family family,
		     const struct address_ranges *listed)
{
	struct address_set found = { 0 };

	for (size_t i = 0; i < listed->list.count; i++) {
		struct address_range range = listed->list.items[i];

		do {
			struct ip_address address =
				address_of_number(range.first, family);

			if (!address_set_has(&clients->addresses, address))
				continue;
			address_set_add_address(sources->arena, &found,
						address);
			*ARRAY_ADD(sources->arena, &clients->singles.list) =
				access_client_at(sources, address);
		} while (address_number_compare(range.first, range.last) < 0 &&
			 address_number_next(range.first, &range.first));
	}
	address_set_subtract(sources->arena, &clients->addresses, &found);
}

/* What is known of the addresses of a network; those that the hosts file lists
 * are asked about one by one. */
static void tell_names(const struct access_sources *sources,
		       struct assert_clients *clients)
{
	struct address_set listed = { 0 };

	clients->other.netgroups = sources->netgroups;
	if (sources->name) {
		clients->other =
			access_client_at(sources, (struct ip_address){ 0 });
	} else if (sources->hosts) {
		clients->other.names_known = true;
		add_listed(sources->arena, sources->hosts, &listed);
		take_out(sources, clients, IP_V4,
			 address_set_ranges(&listed, IP_V4));
		take_out(sources, clients, IP_V6,
			 address_set_ranges(&listed, IP_V6));
	}
}

bool assert_clients_find(const struct access_sources *sources, struct str text,
			 struct assert_clients *clients)
{
	struct server_operand operand;
	struct failure failure;
	const char *problem;

	*clients = (struct assert_clients){ 0 };
	if (str_is(text, "*")) {
		address_set_add_range(sources->arena, &clients->addresses,
				      IP_V4, address_range_of_all(IP_V4));
		address_set_add_range(sources->arena, &clients->addresses,
				      IP_V6, address_range_of_all(IP_V6));
	} else if (!server_operand_parse(sources->arena, text, &operand,
					 &problem)) {
		return false;
	} else if (operand.kind == SERVER_NETWORK) {
		add_network(sources->arena, &clients->addresses,
			    operand.address, operand.prefix);
	} else {
		return access_clients_find(sources, text, &clients->singles,
					   &failure);
	}
	tell_names(sources, clients);
	return true;
}
