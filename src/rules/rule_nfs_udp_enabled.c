#include "server_rules.h"

static void check(struct rule_run *run)
{
	const struct server_config *config = server_rules_config(run);
	struct local_place place;
	struct finding *finding;

	if (!config || !server_config_bool(config, "nfsd", "udp", false))
		return;
	place = server_rules_place(config, "nfsd", "udp");
	finding = rule_report_local(
		run, place.source, place.span,
		"nfsd takes requests by UDP, where any host can write another "
		"one's address as the sender");
	finding->fix.description = "write `udp=n`";
}

const struct rule rule_nfs_udp_enabled = {
	.slug = "nfs-udp-enabled",
	.severity = SEVERITY_MEDIUM,
	.needs = NEEDS_FILES,
	.traits = TRAIT_ALL,
	.summary = "NFS over UDP is switched on",
	.rationale = "Exports are given to addresses, and the sender of a "
		     "datagram is easily forged: a request that changes "
		     "something needs no answer. Large reads are cut into "
		     "fragments, which can be joined wrongly on a fast "
		     "network.",
	.remedy = "Write udp=n, which is the default. Clients use TCP unless "
		  "they are told otherwise.",
	.bad = "[nfsd]\nudp=y\n",
	.good = "[nfsd]\nudp=n\n",
	.references = (const char *const[]){ "nfs.conf(5), nfsd",
					     "nfs(5), Using NFS over UDP on "
					     "high-speed links",
					     NULL },
	.check_table = check,
};
