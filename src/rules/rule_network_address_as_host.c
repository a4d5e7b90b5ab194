#include "client_reach.h"
#include "client_rules.h"

/* Numbers at the end of an IPv4 address that are all 0, or all 255; at most
 * three. */
static unsigned count_tail(struct ip_address address)
{
	unsigned count = 0;
	uint8_t last = address.bytes[3];

	if (last != 0 && last != 255)
		return 0;
	while (count < 3 && address.bytes[3 - count] == last)
		count++;
	return count;
}

/* A list of all addresses of a network has those at its ends as well. */
static bool is_in_a_row(const struct rule_run *run, struct ip_address address)
{
	address.bytes[3] = address.bytes[3] ? 254 : 1;
	return export_clients_has_address(&run->table->clients, address);
}

static void check(struct rule_run *run, const struct export_entry *entry)
{
	struct str host = client_written(run, entry);
	struct ip_address address;
	char text[IP_ADDRESS_TEXT];
	struct finding *finding;
	const char *network;
	unsigned tail;

	if (rule_client(run, entry)->type != CLIENT_HOST ||
	    !ip_address_parse(host, &address) || address.family != IP_V4 ||
	    address.bytes[0] == 0)
		return;
	tail = count_tail(address);
	if (!tail || is_in_a_row(run, address))
		return;
	memset(address.bytes + 4 - tail, 0, tail);
	network = arena_printf(run->arena, "%s/%u",
			       ip_address_text(address, text), 32 - 8 * tail);
	finding =
		rule_report(run, entry, client_host_span(run, entry),
			    "`%.*s` lets in one host, not the %s addresses "
			    "of %s",
			    STR_ARG(host),
			    address_count_text(run->arena, 8 * tail), network);
	finding->fix.description = arena_printf(
		run->arena, "write `%s` if the network was meant", network);
}

const struct rule rule_network_address_as_host = {
	.slug = "network-address-as-host",
	.severity = SEVERITY_MEDIUM,
	.traits = TRAIT_ALL,
	.summary = "an address that ends in .0 or .255, without a prefix "
		   "length",
	.rationale = "Without a prefix length an address is a single host. One "
		     "that ends in .0 or .255 is rarely a host's, so the "
		     "length was probably forgotten, and the other hosts of "
		     "the network get nothing.",
	.remedy = "Add the prefix length of the network.",
	.bad = "/srv/data 192.168.1.0(rw)\n",
	.good = "/srv/data 192.168.1.0/24(rw)\n",
	.references = (const char *const[]){ "exports(5), Machine Name Formats",
					     NULL },
	.check_entry = check,
};
