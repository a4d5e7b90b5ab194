#include "client_reach.h"
#include "client_rules.h"

/* As many addresses as a /8 of IPv4 has, and as a /16 of IPv6. */
enum { HUGE_BITS_V4 = 24, HUGE_BITS_V6 = 112 };

static bool is_huge(const struct client_range *range)
{
	bool v4 = range->address.family == IP_V4;

	return 8 * ip_address_size(range->address) - range->prefix >=
	       (v4 ? HUGE_BITS_V4 : HUGE_BITS_V6);
}

static void check(struct rule_run *run, const struct export_entry *entry)
{
	const struct export_client *client = rule_client(run, entry);
	const struct export_policy *policy = rule_policy(run, entry);
	struct client_reach reach = client_reach_of(client);
	struct finding *finding;
	struct client_range range;

	if (!reach.broad || reach.everybody ||
	    !client_range_of(run, entry, &range) ||
	    range.use != ADDRESS_ORDINARY)
		return;
	finding = rule_report(
		run, entry, client_host_span(run, entry), "%s may %s %.*s",
		client_reach_text(run->arena, client),
		client_can_write(policy) ? "read and write" : "read",
		STR_ARG(export_entry_path(run->arena, run->table, entry)));
	finding->fix.description = "name the networks that have clients";
	rule_lower(finding, !is_huge(&range) + (client_open_access(policy) ==
						OPEN_NOTHING));
}

const struct rule rule_broad_network = {
	.slug = "broad-network",
	.severity = SEVERITY_HIGH,
	.traits = TRAIT_CLIENTS,
	.summary = "a network far larger than any set of NFS clients",
	.rationale = "Every host with one of the addresses is trusted, those "
		     "of visitors, printers and virtual machines included. A "
		     "/8 of IPv4 is often all that a company has. Networks "
		     "smaller than a /8, down to a /14, count one step less, "
		     "and so do "
		     "clients that need a ticket or a certificate.",
	.remedy = "Name the smaller networks that really have clients.",
	.bad = "/srv/data 10.0.0.0/8(rw)\n",
	.good = "/srv/data 10.1.0.0/16(rw) 10.7.4.0/24(rw)\n",
	.references = (const char *const[]){ "exports(5), Machine Name Formats",
					     "CWE-284: Improper Access Control",
					     NULL },
	.check_entry = check,
};
