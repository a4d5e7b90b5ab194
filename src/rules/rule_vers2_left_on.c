#include "server_rules.h"

static void check(struct rule_run *run)
{
	const struct server_config *config = server_rules_config(run);
	struct local_place place;
	struct finding *finding;

	if (!config || server_config_bool(config, "nfsd", "vers3", true) ||
	    !server_config_bool(config, "nfsd", "vers2", true))
		return;
	place = server_rules_place(config, "nfsd", "vers3");
	finding = rule_report_local(
		run, place.source, place.span,
		"mountd still answers MOUNT versions 1 and 2, and tells every "
		"host what is exported to whom");
	finding->fix.description = "add `vers2=n`";
}

const struct rule rule_vers2_left_on = {
	.slug = "vers2-left-on",
	.severity = SEVERITY_LOW,
	.needs = NEEDS_FILES,
	.traits = TRAIT_ALL,
	.summary = "vers3=n without vers2=n",
	.rationale = "mountd switches off the MOUNT versions of NFSv2 and of "
		     "NFSv3 apart. With vers3=n alone versions 1 and 2 stay "
		     "registered on a random port: showmount still lists all "
		     "exports with their clients, on a server that was meant "
		     "to speak NFSv4 only.",
	.remedy = "Write vers2=n next to vers3=n; mountd then opens no port.",
	.bad = "[nfsd]\nvers3=n\n",
	.good = "[nfsd]\nvers2=n\nvers3=n\n",
	.references = (const char *const[]){ "nfs.conf(5), nfsd",
					     "rpc.mountd(8)", NULL },
	.check_table = check,
};
