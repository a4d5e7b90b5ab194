#include "server_rules.h"

static void check(struct rule_run *run)
{
	const struct server_config *config = server_rules_config(run);
	struct local_place place;
	struct finding *finding;

	if (!config || !server_config_bool(config, "nfsd", "vers4", true) ||
	    !server_config_bool(config, "nfsd", "vers4.0", true))
		return;
	place = server_rules_place(config, "nfsd", "vers4.0");
	finding = rule_report_local(
		run, place.source, place.span,
		"the server speaks NFSv4.0 besides NFSv4.1 and 4.2");
	finding->fix.description = "write `vers4.0=n`, if no client needs it";
}

const struct rule rule_nfs_v40_enabled = {
	.slug = "nfs-v40-enabled",
	.severity = SEVERITY_INFO,
	.needs = NEEDS_FILES,
	.traits = TRAIT_ALL,
	.summary = "NFSv4.0 is switched on",
	.rationale = "NFSv4.0 has no sessions: the server calls clients back "
		     "through their firewalls, and keeps the last answer for "
		     "each owner of a file. Its successor of 2010 does not, "
		     "and the configuration that comes with nfs-utils 2.9.1 "
		     "switches it off.",
	.remedy = "Write vers4.0=n in the section nfsd, when no client mounts "
		  "with vers=4.0.",
	.bad = "[nfsd]\nvers4.0=y\n",
	.good = "[nfsd]\nvers4.0=n\n",
	.references =
		(const char *const[]){ "nfs.conf(5), nfsd", "RFC 8881", NULL },
	.check_table = check,
};
