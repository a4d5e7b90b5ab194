#include "remote_rules.h"

static void check(struct rule_run *run)
{
	const struct server_survey *survey = remote_survey(run);
	struct finding *finding;

	if (!survey->nfs_udp)
		return;
	finding = remote_report(run, "the server speaks NFS over UDP");
	finding->fix.description = "write `udp=n` in the server's nfs.conf";
}

const struct rule rule_remote_udp = {
	.slug = "remote-udp",
	.severity = SEVERITY_MEDIUM,
	.needs = NEEDS_REMOTE,
	.traits = TRAIT_ALL,
	.summary = "another server speaks NFS over UDP",
	.rationale =
		"Over UDP fragments of different requests can be put together "
		"wrongly without anybody noticing, which corrupts files on "
		"fast networks, and requests can bear a false address.",
	.remedy =
		"Switch UDP off; clients have preferred TCP for twenty years.",
	.bad = "nfs 3 udp\n",
	.good = "nfs 3 tcp\n",
	.references = (const char *const[]){ "nfs(5), transport methods",
					     "rpc.nfsd(8), --no-udp", NULL },
	.check_table = check,
};
