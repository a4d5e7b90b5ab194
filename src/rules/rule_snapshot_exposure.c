#include "path_rules.h"

static bool meets(struct rule_run *run, const struct export_entry *entry)
{
	const struct local_path *path = path_local(run, entry);

	return path && path->snapshots;
}

static void check_line(struct rule_run *run, const struct client_group *group)
{
	const struct export_entry *entry = group->entry;
	path_report(run, entry, "%s may read old versions of files in %.*s/%s",
		    client_group_text(run, group), STR_ARG(path_of(run, entry)),
		    path_local(run, entry)->snapshots);
}

static void check(struct rule_run *run)
{
	lines_each(run, meets, check_line);
}

const struct rule rule_snapshot_exposure = {
	.slug = "snapshot-exposure",
	.severity = SEVERITY_LOW,
	.needs = NEEDS_FILES,
	.summary = "old versions of files are exported with the present ones",
	.rationale =
		"What was deleted or protected later, keys for example, can "
		"still be read in the snapshots.",
	.remedy = "Hide the snapshots from clients (snapdir=hidden of ZFS), or "
		  "keep them elsewhere.",
	.bad = "/srv/tank 10.1.0.0/24(rw)\n",
	.good = "/srv/data 10.1.0.0/24(rw)\n",
	.references = (const char *const[]){ "CWE-552: Files or Directories "
					     "Accessible to External Parties",
					     NULL },
	.check_table = check,
};
