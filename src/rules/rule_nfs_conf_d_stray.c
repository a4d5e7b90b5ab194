#include "server_rules.h"

static void check(struct rule_run *run)
{
	const struct local_server *server = run->local->server;

	for (size_t i = 0; i < server->nfs_conf_strays.count; i++) {
		struct local_place place = server->nfs_conf_strays.items[i];
		struct finding *finding = rule_report_local(
			run, place.source, place.span,
			"%s is not read, and through it every exportfs that "
			"changes something ends with status 1",
			run->local->sources.items[place.source].name);

		finding->fix.description = "rename it to end in .conf, or move "
					   "it away";
	}
}

const struct rule rule_nfs_conf_d_stray = {
	.slug = "nfs-conf-d-stray",
	.severity = SEVERITY_LOW,
	.needs = NEEDS_FILES,
	.traits = TRAIT_ALL,
	.summary = "a file in /etc/nfs.conf.d whose name does not end in .conf",
	.rationale = "nfs-utils skips such a file, and counts that as an error "
		     "of exportfs without printing anything. Scripts that "
		     "look at the status of exportfs believe that it failed, "
		     "and a real error is no longer told apart.",
	.remedy = "Rename the file, or keep it elsewhere. Names that begin "
		  "with a dot do no harm.",
	.bad = "/etc/nfs.conf.d/README\n",
	.good = "/etc/nfs.conf.d/local.conf\n",
	.references = (const char *const[]){ "nfs.conf(5), FILES", NULL },
	.check_table = check,
};
