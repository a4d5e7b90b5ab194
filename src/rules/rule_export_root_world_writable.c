#include <sys/stat.h>

#include "flavor_sets.h"
#include "path_rules.h"

static bool meets(struct rule_run *run, const struct export_entry *entry)
{
	const struct local_path *path = path_local(run, entry);

	return path && S_ISDIR(path->mode) && path->mode & S_IWOTH &&
	       !(path->mode & S_ISVTX) && any_writes(rule_policy(run, entry));
}

static void check_line(struct rule_run *run, const struct client_group *group)
{
	const struct export_entry *entry = group->entry;
	path_report(run, entry,
		    "anybody on %s may create and delete files in %.*s, whose "
		    "mode is %04o",
		    client_group_hosts(run, group),
		    STR_ARG(path_of(run, entry)),
		    (unsigned)path_local(run, entry)->mode & 07777);
}

static void check(struct rule_run *run)
{
	lines_each(run, meets, check_line);
}

const struct rule rule_export_root_world_writable = {
	.slug = "export-root-world-writable",
	.severity = SEVERITY_MEDIUM,
	.needs = NEEDS_FILES,
	.summary = "an exported directory that everybody may write to",
	.rationale =
		"Everybody, also a squashed user, may create files in it, and "
		"without the sticky bit delete those of others.",
	.remedy = "Take the right to write away from others, or set the sticky "
		  "bit as on /tmp.",
	.bad = "/srv/drop 10.1.0.0/24(rw)\n",
	.good = "/srv/data 10.1.0.0/24(rw)\n",
	.references = (const char *const[]){ "CWE-732: Incorrect Permission "
					     "Assignment for Critical Resource",
					     NULL },
	.check_table = check,
};
