#include "path_rules.h"

static bool meets(struct rule_run *run, const struct export_entry *entry)
{
	return !str_is(path_of(run, entry), "/") &&
	       path_is_mount_point(run, entry) &&
	       !rule_policy(run, entry)->mountpoint.data;
}

static void check_line(struct rule_run *run, const struct client_group *group)
{
	const struct export_entry *entry = group->entry;
	const struct mountinfo_mount *mount = path_mount(run, entry);

	path_report(run, entry,
		    "if %.*s is not mounted on %.*s one day, clients get the "
		    "empty directory instead",
		    STR_ARG(mount->source), STR_ARG(path_of(run, entry)))
		->fix.description = "add `mountpoint`";
}

static void check(struct rule_run *run)
{
	lines_each(run, meets, check_line);
}

const struct rule rule_missing_mountpoint_guard = {
	.slug = "missing-mountpoint-guard",
	.severity = SEVERITY_LOW,
	.needs = NEEDS_FILES,
	.traits = TRAIT_ALL,
	.summary =
		"a mount point that is exported without the option mountpoint",
	.rationale =
		"When the file system is not mounted, after a failed disk for "
		"example, clients get the empty directory below it, and what "
		"they write fills the file system above.",
	.remedy = "Add the option mountpoint: then nothing is exported while "
		  "nothing is mounted there.",
	.bad = "/srv/disk 10.1.0.0/24(rw)\n",
	.good = "/srv/disk 10.1.0.0/24(rw,mountpoint)\n",
	.references = (const char *const[]){ "exports(5), mountpoint=", NULL },
	.check_table = check,
};
