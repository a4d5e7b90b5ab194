#include "client_rules.h"

/* "10.1" as the network "10.1.0.0/16": one to three plain numbers that fit a
 * byte. NULL if it may hardly be meant so. */
static const char *as_network(struct arena *arena, struct str host)
{
	static const char *const tails[] = { NULL, ".0.0.0", ".0.0", ".0" };
	struct ip_address address;
	unsigned numbers = 1;
	const char *full;

	for (size_t i = 0; i < host.length; i++)
		numbers += host.data[i] == '.';
	if (numbers < 2 || numbers > 3)
		return NULL;
	full = arena_printf(arena, "%.*s%s", STR_ARG(host), tails[numbers]);
	if (!ip_address_parse(str_of(full), &address))
		return NULL;
	return arena_printf(arena, "%s/%u", full, 8 * numbers);
}

static void check(struct rule_run *run, const struct export_entry *entry)
{
	struct str host = client_written(run, entry);
	struct ip_address address, strict;
	char text[IP_ADDRESS_TEXT];
	struct finding *finding;
	const char *network;

	if (rule_client(run, entry)->type != CLIENT_HOST ||
	    !ip_address_parse_host(host, &address) ||
	    ip_address_parse(host, &strict))
		return;
	finding = rule_report(run, entry, client_host_span(run, entry),
			      "`%.*s` is the one host %s to the server",
			      STR_ARG(host), ip_address_text(address, text));
	network = as_network(run->arena, host);
	finding->fix.description =
		network ? arena_printf(run->arena,
				       "write the network `%s`, or `%s` if "
				       "that host was meant",
				       network, text)
			: "write four decimal numbers";
}

const struct rule rule_shorthand_ipv4 = {
	.slug = "shorthand-ipv4",
	.severity = SEVERITY_HIGH,
	.traits = TRAIT_ALL,
	.summary = "an IPv4 address that is short, octal or hexadecimal",
	.rationale = "An address with fewer than four numbers is no network: "
		     "its last number fills what is missing, so 10.1 is the "
		     "host 10.0.0.1. A number that begins with 0 is octal, so "
		     "010.0.0.1 is 8.0.0.1. Another host gets in than was "
		     "meant.",
	.remedy = "Write four decimal numbers without leading zeros, and a "
		  "prefix length for a network.",
	.bad = "/srv/data 192.168.1(rw)\n",
	.good = "/srv/data 192.168.1.0/24(rw) 192.168.2.1(rw)\n",
	.references = (const char *const[]){ "exports(5), Machine Name Formats",
					     "inet_aton(3)",
					     "CWE-1389: Incorrect Parsing of "
					     "Numbers with Different Radices",
					     NULL },
	.check_entry = check,
};
