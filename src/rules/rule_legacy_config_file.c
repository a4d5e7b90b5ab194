#include "server_rules.h"

static void check(struct rule_run *run)
{
	const struct local_server *server = run->local->server;

	for (size_t i = 0; i < server->legacy.count; i++) {
		const struct legacy_setting *setting = &server->legacy.items[i];
		struct finding *finding = rule_report_local(
			run, setting->source, setting->span,
			"%.*s has no effect: the units of systemd do not read "
			"this file",
			STR_ARG(setting->name));

		finding->fix.description = "set it in /etc/nfs.conf";
	}
}

const struct rule rule_legacy_config_file = {
	.slug = "legacy-config-file",
	.severity = SEVERITY_LOW,
	.needs = NEEDS_FILES,
	.traits = TRAIT_ALL,
	.summary = "a setting in /etc/default or /etc/sysconfig that is no "
		   "longer read",
	.rationale = "Before nfs.conf the options of the daemons stood in "
		     "variables of these files. The scripts of System V init "
		     "still read them, the units of systemd do not, so that a "
		     "fixed port or a switched-off version is not there after "
		     "an upgrade.",
	.remedy = "Write the setting to /etc/nfs.conf or a file of "
		  "/etc/nfs.conf.d, and take it out of the old file.",
	.bad = "# /etc/default/nfs-kernel-server\n"
	       "RPCMOUNTDOPTS=\"--manage-gids --port 20048\"\n",
	.good = "# /etc/nfs.conf.d/local.conf\n[mountd]\nport=20048\n",
	.references = (const char *const[]){ "nfs.conf(5)", NULL },
	.check_table = check,
};
