#include "path_rules.h"

static bool meets(struct rule_run *run, const struct export_entry *entry)
{
	const struct local_path *path = path_local(run, entry);

	return path && path->weak.path.data;
}

static void check_line(struct rule_run *run, const struct client_group *group)
{
	const struct export_entry *entry = group->entry;
	const struct weak_directory *weak = &path_local(run, entry)->weak;

	path_report(run, entry,
		    "%s may replace a part of %.*s, because %.*s %s: the next "
		    "exportfs exports what is put there",
		    weak_directory_who(run->arena, weak),
		    STR_ARG(path_of(run, entry)), STR_ARG(weak->path),
		    weak_directory_why(weak));
}

static void check(struct rule_run *run)
{
	lines_each(run, meets, check_line);
}

const struct rule rule_parent_writable = {
	.slug = "parent-writable",
	.severity = SEVERITY_HIGH,
	.needs = NEEDS_FILES,
	.traits = TRAIT_ALL,
	.summary = "a directory above an exported path that not only root can "
		   "change",
	.rationale =
		"Whoever may write to a directory on the way to the export "
		"can replace the next one by a link to anything, / included. "
		"The next run of exportfs exports it.",
	.remedy =
		"Take the right to write away from others, give the directory "
		"to root, or move the export.",
	.bad = "/home/ann/shared 10.1.0.0/24(rw)\n",
	.good = "/srv/shared 10.1.0.0/24(rw)\n",
	.references =
		(const char *const[]){
			"exports(5), DESCRIPTION",
			"CWE-59: Improper Link Resolution Before File Access",
			NULL },
	.check_table = check,
};
