#include "server_rules.h"

static void check(struct rule_run *run)
{
	const struct server_config *config = server_rules_config(run);
	struct local_place place;
	struct finding *finding;

	if (!config || !server_config_bool(config, "nfsd", "vers2", false))
		return;
	place = server_rules_place(config, "nfsd", "vers2");
	finding = rule_report_local(
		run, place.source, place.span,
		"the server speaks NFSv2 if its kernel still can");
	finding->fix.description = "write `vers2=n`";
}

const struct rule rule_nfs_v2_enabled = {
	.slug = "nfs-v2-enabled",
	.severity = SEVERITY_HIGH,
	.needs = NEEDS_FILES,
	.traits = TRAIT_ALL,
	.summary = "NFSv2 is switched on",
	.rationale = "NFSv2 knows no other proof of who asks than the user id "
		     "that the client names, no files above 2 GiB and no safe "
		     "writes. No client of the last twenty years needs it.",
	.remedy = "Write vers2=n. Kernels since 6.2 are usually built without "
		  "it.",
	.bad = "[nfsd]\nvers2=y\n",
	.good = "[nfsd]\nvers2=n\n",
	.references = (const char *const[]){ "rpc.nfsd(8)", "RFC 1094", NULL },
	.check_table = check,
};
