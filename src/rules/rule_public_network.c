#include "client_reach.h"
#include "client_rules.h"

/* The longest prefix that a site gets for itself, as RFC 6177 has it. */
enum { SITE_PREFIX_V6 = 48 };

/* By how many steps the finding is less severe. IPv6 networks have public
 * addresses even where nobody outside reaches them. */
static int steps_down(const struct client_range *range,
		      const struct export_policy *policy)
{
	int steps = client_open_access(policy) == OPEN_NOTHING;

	if (range->address.family == IP_V6)
		steps += range->prefix >= SITE_PREFIX_V6 ? 2 : 1;
	return steps;
}

static void check(struct rule_run *run, const struct export_entry *entry)
{
	const struct export_policy *policy = rule_policy(run, entry);
	const struct export_client *client = rule_client(run, entry);
	struct client_reach reach;
	struct client_range range;
	struct finding *finding;
	unsigned bits;

	if (client->type != CLIENT_NETWORK)
		return;
	reach = client_reach_of(client);
	if (!reach.is_public || reach.broad || reach.single ||
	    !client_range_of(run, entry, &range) ||
	    range.use != ADDRESS_ORDINARY)
		return;
	bits = 8 * ip_address_size(range.address) - range.prefix;
	finding = rule_report(
		run, entry, client_host_span(run, entry),
		"%s public addresses, %.*s, may %s %.*s",
		address_count_text(run->arena, bits),
		STR_ARG(client_written(run, entry)),
		client_can_write(policy) ? "read and write" : "read",
		STR_ARG(export_entry_path(run->arena, run->table, entry)));
	finding->fix.description =
		client_open_access(policy) == OPEN_NOTHING
			? "keep the NFS port closed to other networks"
			: "use private addresses, a VPN, or sec=krb5p";
	rule_lower(finding, steps_down(&range, policy));
}

const struct rule rule_public_network = {
	.slug = "public-network",
	.severity = SEVERITY_HIGH,
	.traits = TRAIT_CLIENTS,
	.summary = "a network of public addresses as a client",
	.rationale = "Packets of public addresses cross networks of others, "
		     "where AUTH_SYS requests are read, altered and forged, "
		     "and a server that public clients reach is usually "
		     "reached by the rest of the internet as well. IPv6 "
		     "counts less, because there ordinary local networks have "
		     "public addresses, and so do clients that need a ticket "
		     "or a certificate.",
	.remedy = "Let clients come through a private network or a VPN, or "
		  "ask for sec=krb5p. Keep the NFS port closed to others.",
	.bad = "/srv/data 8.8.4.0/24(rw)\n",
	.good = "/srv/data 10.1.0.0/16(rw) fd00:1::/64(rw)\n",
	.references =
		(const char *const[]){
			"exports(5), Machine Name Formats", "RFC 1918",
			"RFC 4193",
			"CWE-668: Exposure of Resource to Wrong Sphere", NULL },
	.check_entry = check,
};
