#include "server_rules.h"

static void check(struct rule_run *run)
{
	const struct server_config *config = server_rules_config(run);
	struct local_place place;
	struct finding *finding;

	if (!config || !server_config_bool(config, "nfsd", "vers3", true))
		return;
	place = server_rules_place(config, "nfsd", "vers3");
	finding = rule_report_local(
		run, place.source, place.span,
		"the server speaks NFSv3, and so needs rpcbind, mountd, statd "
		"and lockd on the network");
	finding->fix.description = "write `vers3=n` and `vers2=n`, if all "
				   "clients use NFSv4";
}

const struct rule rule_nfs_v3_enabled = {
	.slug = "nfs-v3-enabled",
	.severity = SEVERITY_INFO,
	.needs = NEEDS_FILES,
	.traits = TRAIT_ALL,
	.summary = "NFSv3 is switched on",
	.rationale = "NFSv3 needs four more services than NFSv4, most of them "
		     "on random ports, and mountd tells every host what is "
		     "exported to whom. It is on unless nfs.conf says "
		     "otherwise.",
	.remedy = "Where all clients use NFSv4, write vers3=n and vers2=n in "
		  "the section nfsd, and mask rpcbind.",
	.bad = "[nfsd]\nvers3=y\n",
	.good = "[nfsd]\nvers2=n\nvers3=n\n",
	.references = (const char *const[]){ "nfs.conf(5), nfsd", "rpc.nfsd(8)",
					     NULL },
	.check_table = check,
};
