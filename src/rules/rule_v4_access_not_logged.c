#include "server_rules.h"

/* debug=auth, or a list with it. */
static bool logs_access(const struct server_config *config)
{
	struct str value = server_config_value(
		config, server_config_find(config, "mountd", "debug"));

	return value.length && (memmem(value.data, value.length, "auth", 4) ||
				memmem(value.data, value.length, "all", 3));
}

static void check(struct rule_run *run)
{
	const struct server_config *config = server_rules_config(run);
	struct local_place place;
	struct finding *finding;

	if (!config || !server_config_bool(config, "nfsd", "vers4", true) ||
	    logs_access(config))
		return;
	place = server_rules_place(config, "mountd", "debug");
	finding = rule_report_local(
		run, place.source, place.span,
		"no log says which client was given access by NFSv4");
	finding->fix.description = "write `debug=auth` in [mountd]";
}

const struct rule rule_v4_access_not_logged = {
	.slug = "v4-access-not-logged",
	.severity = SEVERITY_INFO,
	.needs = NEEDS_FILES,
	.traits = TRAIT_ALL,
	.summary = "access by NFSv4 is not logged",
	.rationale = "mountd logs every mount by NFSv3. A client of NFSv4 does "
		     "not ask it, and leaves a line only when mountd is told "
		     "to log what it answers to the kernel.",
	.remedy = "Write debug=auth in the section mountd, which is the same "
		  "as the option --log-auth.",
	.bad = "[mountd]\nmanage-gids=y\n",
	.good = "[mountd]\nmanage-gids=y\ndebug=auth\n",
	.references = (const char *const[]){ "rpc.mountd(8), --log-auth",
					     "nfs.conf(5), mountd", NULL },
	.check_table = check,
};
