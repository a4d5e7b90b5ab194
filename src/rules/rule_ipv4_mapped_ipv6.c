#include "client_rules.h"

/* The same in IPv4. */
static const char *as_ipv4(struct arena *arena,
			   const struct client_range *range)
{
	struct ip_address address = { .family = IP_V4 };
	char text[IP_ADDRESS_TEXT];

	memcpy(address.bytes, range->address.bytes + 12, 4);
	ip_address_text(address, text);
	return range->network
		       ? arena_printf(arena, "%s/%u", text, range->prefix - 96)
		       : arena_printf(arena, "%s", text);
}

static void check(struct rule_run *run, const struct export_entry *entry)
{
	struct client_range range;
	struct finding *finding;
	const char *plain;

	if (!client_range_of(run, entry, &range) || range.use != ADDRESS_MAPPED)
		return;
	plain = range.prefix == 96 ? "any IPv4 client"
				   : as_ipv4(run->arena, &range);
	finding = rule_report(run, entry, client_host_span(run, entry),
			      "`%.*s` never matches %s, because the server "
			      "compares IPv4 clients with IPv4 addresses only",
			      STR_ARG(client_written(run, entry)), plain);
	finding->fix.description =
		range.prefix == 96
			? "name the networks that are meant"
			: arena_printf(run->arena, "write `%s`", plain);
	if (range.prefix != 96)
		rule_edit(run, finding, finding->span, plain);
}

const struct rule rule_ipv4_mapped_ipv6 = {
	.slug = "ipv4-mapped-ipv6",
	.severity = SEVERITY_MEDIUM,
	.traits = TRAIT_ALL,
	.summary = "an IPv4 address in the form of IPv6",
	.rationale = "Addresses below ::ffff:0:0/96 are how programs see IPv4 "
		     "peers on an IPv6 socket. The server turns them back "
		     "before it looks for a client, so an entry in that form "
		     "matches nobody.",
	.remedy = "Write the IPv4 address.",
	.bad = "/srv/data ::ffff:10.1.0.5(rw)\n",
	.good = "/srv/data 10.1.0.5(rw)\n",
	.references =
		(const char *const[]){ "exports(5), Machine Name Formats",
				       "RFC 4291, section 2.5.5.2", NULL },
	.check_entry = check,
};
