#include "path_rules.h"

static bool meets(struct rule_run *run, const struct export_entry *entry)
{
	const struct resolved_path *path =
		&run->table->input.paths[entry->written_path];

	return path->kind == PATH_MISSING;
}

static void check_line(struct rule_run *run, const struct client_group *group)
{
	const struct export_entry *entry = group->entry;
	struct finding *finding = path_report(
		run, entry,
		"%.*s does not exist: clients can't mount it, and whoever "
		"creates it exports it",
		STR_ARG(export_entry_path(run->arena, run->table, entry)));

	/* It may be there when its file system is mounted. */
	if (rule_policy(run, entry)->mountpoint.data)
		finding->severity = SEVERITY_LOW;
}

static void check(struct rule_run *run)
{
	lines_each(run, meets, check_line);
}

const struct rule rule_path_missing = {
	.slug = "path-missing",
	.severity = SEVERITY_HIGH,
	.needs = NEEDS_FILES,
	.traits = TRAIT_ALL,
	.summary = "an exported path that does not exist",
	.rationale = "exportfs warns on every run and exports the name all the "
		     "same. Clients can't mount it; the day somebody makes a "
		     "directory of that name, it is exported.",
	.remedy =
		"Create the directory, correct the path, or delete the entry. "
		"Where a file system is mounted there only at times, add the "
		"option mountpoint.",
	.bad = "/srv/dta 10.1.0.0/24(rw)\n",
	.good = "/srv/data 10.1.0.0/24(rw)\n",
	.references = (const char *const[]){ "exportfs(8)",
					     "exports(5), mountpoint=", NULL },
	.check_table = check,
};
