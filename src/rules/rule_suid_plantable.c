#include "flavor_sets.h"
#include "path_rules.h"

static bool meets(struct rule_run *run, const struct export_entry *entry)
{
	const struct mountinfo_mount *mount = path_mount(run, entry);

	return mount && any_writes(rule_policy(run, entry)) &&
	       !(mountinfo_has_option(mount->options, "nosuid") &&
		 mountinfo_has_option(mount->options, "nodev"));
}

static void check_line(struct rule_run *run, const struct client_group *group)
{
	const struct export_entry *entry = group->entry;
	path_report(run, entry,
		    "set-uid programs or devices that clients leave on %.*s "
		    "work on the server, because %.*s is mounted without "
		    "nosuid and nodev",
		    STR_ARG(path_of(run, entry)),
		    STR_ARG(path_mount(run, entry)->point));
}

static void check(struct rule_run *run)
{
	lines_each(run, meets, check_line);
}

const struct rule rule_suid_plantable = {
	.slug = "suid-plantable",
	.severity = SEVERITY_INFO,
	.needs = NEEDS_FILES,
	.summary = "clients can leave set-uid programs and devices on a file "
		   "system of the server",
	.rationale =
		"The file system is mounted without nosuid and nodev. What a "
		"client writes with these bits, users of the server can run "
		"or open.",
	.remedy = "Mount the exported file system with nosuid and nodev on the "
		  "server.",
	.bad = "/srv/data 10.1.0.0/24(rw)\n",
	.good = "/srv/disk 10.1.0.0/24(rw,mountpoint)\n",
	.references = (const char *const[]){ "mount(8), nosuid",
					     "CWE-732: Incorrect Permission "
					     "Assignment for Critical Resource",
					     NULL },
	.check_table = check,
};
