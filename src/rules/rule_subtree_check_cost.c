#include "option_edits.h"
#include "path_rules.h"

static bool meets(struct rule_run *run, const struct export_entry *entry)
{
	return !(rule_policy(run, entry)->flags & EXPORT_NO_SUBTREE_CHECK) &&
	       path_is_mount_point(run, entry) &&
	       str_is(path_mount(run, entry)->root, "/");
}

static void check_line(struct rule_run *run, const struct client_group *group)
{
	const struct export_entry *entry = group->entry;
	struct finding *finding = rule_report(
		run, entry,
		export_entry_option_span(run->arena, run->table, entry,
					 OPTION_SUBTREE_CHECK),
		"`subtree_check` protects nothing on %.*s, which is a whole "
		"file system, and makes files stale that are renamed",
		STR_ARG(path_of(run, entry)));

	finding->fix.description = "delete `subtree_check`";
	option_edits_delete(run, finding, group, OPTION_SUBTREE_CHECK);
}

static void check(struct rule_run *run)
{
	lines_each(run, meets, check_line);
}

const struct rule rule_subtree_check_cost = {
	.slug = "subtree-check-cost",
	.severity = SEVERITY_LOW,
	.needs = NEEDS_FILES,
	.traits = TRAIT_ALL,
	.summary = "subtree_check on an export that is a whole file system",
	.rationale =
		"With subtree_check the server looks up the way to every file "
		"that is used. At the root of a file system there is nothing "
		"to protect that way, while renames make open files stale.",
	.remedy = "Delete subtree_check.",
	.bad = "/srv/disk 10.1.0.0/24(rw,mountpoint,subtree_check)\n",
	.good = "/srv/disk 10.1.0.0/24(rw,mountpoint)\n",
	.references =
		(const char *const[]){ "exports(5), subtree_check", NULL },
	.check_table = check,
};
