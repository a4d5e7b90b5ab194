#include "path_rules.h"

static bool meets(struct rule_run *run, const struct export_entry *entry)
{
	struct str point = rule_policy(run, entry)->mountpoint;

	if (!point.data || !run->local->paths->mounts_known ||
	    !path_local(run, entry))
		return false;
	return !local_paths_is_mount_point(
		run->local->paths, point.length ? point : path_of(run, entry));
}

static void check_line(struct rule_run *run, const struct client_group *group)
{
	const struct export_entry *entry = group->entry;
	struct str point = rule_policy(run, entry)->mountpoint;

	rule_report(run, entry,
		    export_entry_option_span(run->arena, run->table, entry,
					     OPTION_MOUNTPOINT),
		    "%.*s is not exported, because nothing is mounted on %.*s",
		    STR_ARG(path_of(run, entry)),
		    STR_ARG(point.length ? point : path_of(run, entry)));
}

static void check(struct rule_run *run)
{
	lines_each(run, meets, check_line);
}

const struct rule rule_guard_not_mounted = {
	.slug = "guard-not-mounted",
	.severity = SEVERITY_HIGH,
	.needs = NEEDS_FILES,
	.traits = TRAIT_ALL,
	.summary = "an export that waits for a file system that is not mounted",
	.rationale =
		"With mountpoint nothing is exported while nothing is "
		"mounted: NFSv3 clients are told that there is no such file, "
		"NFSv4 clients don't see the directory.",
	.remedy = "Mount the file system, or delete the option where there is "
		  "none to be mounted.",
	.bad = "/srv/disk 10.1.0.0/24(rw,mountpoint)\n",
	.good = "/srv/disk 10.1.0.0/24(rw,mountpoint)\n",
	.references = (const char *const[]){ "exports(5), mountpoint=", NULL },
	.check_table = check,
};
