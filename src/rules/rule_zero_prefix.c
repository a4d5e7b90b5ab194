#include "client_rules.h"

static void check(struct rule_run *run, const struct export_entry *entry)
{
	struct client_network network;
	char text[IP_ADDRESS_TEXT];
	struct finding *finding;
	bool v4;

	if (!client_network_of(run, entry, &network) || !network.zero_prefix)
		return;
	v4 = network.address.family == IP_V4;
	finding = rule_report(
		run, entry, client_host_span(run, entry),
		"on x86 and ARM servers `%.*s` matches only %s %s, elsewhere "
		"perhaps everybody",
		STR_ARG(client_written(run, entry)),
		v4 ? "the address"
		   : "addresses that begin with the same 32 bits as",
		ip_address_text(network.address, text));
	finding->fix.description = "write the networks that are meant, or `*` "
				   "for everybody";
}

const struct rule rule_zero_prefix = {
	.slug = "zero-prefix",
	.severity = SEVERITY_HIGH,
	.traits = TRAIT_ALL,
	.summary = "a network with the prefix length 0, or none behind the "
		   "slash",
	.rationale = "A prefix length of 0 makes nfs-utils shift a number by "
		     "all of its 32 bits, which the language leaves undefined. "
		     "On x86 and ARM processors the mask then has 32 ones, so "
		     "that 0.0.0.0/0 lets in nobody; other processors may let "
		     "in everybody.",
	.remedy = "Name the networks of your clients. Write * where everybody "
		  "is really meant.",
	.bad = "/srv/data 0.0.0.0/0(ro)\n",
	.good = "/srv/data 10.1.0.0/16(ro)\n",
	.references =
		(const char *const[]){
			"exports(5), Machine Name Formats",
			"STIG GEN005840 (V-933)", "STIG AIX7-00-003017",
			"KISA U-25",
			"CWE-758: Reliance on Undefined, Unspecified, or "
			"Implementation-Defined Behavior",
			NULL },
	.check_entry = check,
};
