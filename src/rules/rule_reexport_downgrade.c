#include "flavor_sets.h"
#include "path_rules.h"

static bool is_kerberos_mount(const struct mountinfo_mount *mount)
{
	return (str_is(mount->type, "nfs") || str_is(mount->type, "nfs4")) &&
	       (mountinfo_has_option(mount->super_options, "sec=krb5") ||
		mountinfo_has_option(mount->super_options, "sec=krb5i") ||
		mountinfo_has_option(mount->super_options, "sec=krb5p"));
}

static bool meets(struct rule_run *run, const struct export_entry *entry)
{
	const struct mountinfo_mount *mount = path_mount(run, entry);

	return mount && is_kerberos_mount(mount) &&
	       flavor_set_of(rule_policy(run, entry)) & FLAVOR_SYS;
}

static void check_line(struct rule_run *run, const struct client_group *group)
{
	const struct export_entry *entry = group->entry;
	path_report(run, entry,
		    "%.*s comes from %.*s with Kerberos and is handed on to %s "
		    "without",
		    STR_ARG(path_of(run, entry)),
		    STR_ARG(path_mount(run, entry)->source),
		    client_group_text(run, group));
}

static void check(struct rule_run *run)
{
	lines_each(run, meets, check_line);
}

const struct rule rule_reexport_downgrade = {
	.slug = "reexport-downgrade",
	.severity = SEVERITY_MEDIUM,
	.needs = NEEDS_FILES,
	.traits = TRAIT_ALL,
	.summary = "an NFS mount with Kerberos is exported again without it",
	.rationale =
		"The server reaches the files with its own ticket and hands "
		"them on to clients that are whoever they say they are.",
	.remedy = "Ask the clients for the same sec= as the mount has.",
	.bad = "/srv/far 10.1.0.0/24(rw,fsid=17)\n",
	.good = "/srv/far 10.1.0.0/24(rw,fsid=17,sec=krb5p)\n",
	.references = (const char *const[]){ "exports(5), reexport=",
					     "exports(5), sec=", NULL },
	.check_table = check,
};
