#include "client_reach.h"
#include "client_rules.h"

static void check(struct rule_run *run, const struct export_entry *entry)
{
	struct client_network network;
	char mask[IP_ADDRESS_TEXT];
	struct finding *finding;

	if (!client_network_of(run, entry, &network) ||
	    client_mask_shape(&network) != MASK_SCATTERED)
		return;
	finding = rule_report(
		run, entry, client_host_span(run, entry),
		"the mask %s has gaps, so `%.*s` matches %s addresses that are "
		"no network",
		ip_address_text(network.mask, mask),
		STR_ARG(client_written(run, entry)),
		address_count_text(run->arena,
				   client_network_free_bits(&network)));
	finding->fix.description = "write the prefix length of the network";
}

const struct rule rule_noncontiguous_netmask = {
	.slug = "noncontiguous-netmask",
	.severity = SEVERITY_HIGH,
	.traits = TRAIT_ALL,
	.summary = "a netmask whose ones are not all in front",
	.rationale = "exportfs takes any mask, and the server compares just "
		     "the bits that are set in it. One with gaps, usually a "
		     "slip of the pen like 255.255.0.255, lets in addresses "
		     "scattered over many networks.",
	.remedy = "Write the prefix length, which can't have gaps.",
	.bad = "/srv/data 10.1.0.0/255.0.255.0(rw)\n",
	.good = "/srv/data 10.1.0.0/24(rw)\n",
	.references = (const char *const[]){ "exports(5), Machine Name Formats",
					     "CWE-284: Improper Access Control",
					     NULL },
	.check_entry = check,
};
