#include "duplicate_entries.h"
#include "export_rights.h"

static void report(struct rule_run *run, const struct duplicate *duplicate)
{
	const struct export_documents *documents = run->table->input.documents;
	bool agree = export_policies_agree(rule_policy(run, duplicate->entry),
					   rule_policy(run, duplicate->winner));
	struct str path =
		export_entry_path(run->arena, run->table, duplicate->entry);
	struct finding *finding;

	finding = rule_report(
		run, duplicate->entry,
		export_entry_span(run->table, duplicate->entry),
		"exportfs ignores %s for %.*s here: %s is read first and has "
		"it with %s options",
		duplicate_clients_text(run, duplicate), STR_ARG(path),
		documents->list.items[duplicate->winner->document].source.name,
		agree ? "the same" : "other");
	rule_relate(run, finding, duplicate->winner, "this one holds");
	finding->fix.description = "keep the path in one file";
}

static void check(struct rule_run *run)
{
	struct duplicate duplicate = { 0 };

	while (duplicate_next(run, DUPLICATE_ACROSS, &duplicate))
		report(run, &duplicate);
}

const struct rule rule_cross_file_duplicate = {
	.slug = "cross-file-duplicate",
	.severity = SEVERITY_MEDIUM,
	.traits = TRAIT_ALL,
	.summary = "a client is written for a path in two files",
	.rationale = "/etc/exports is read first, then the files of "
		     "/etc/exports.d in the order of their names, and the "
		     "first entry holds. A file that is dropped in to change "
		     "an export changes nothing.",
	.remedy = "Keep each path in one file, and take it out of the others.",
	.bad = "# /etc/exports\n/srv/data 10.1.0.0/24(rw)\n"
	       "# /etc/exports.d/data.exports\n/srv/data 10.1.0.0/24(ro)\n",
	.good = "# /etc/exports\n/srv/data 10.1.0.0/24(rw)\n"
		"# /etc/exports.d/more.exports\n/srv/more 10.1.0.0/24(ro)\n",
	.references = (const char *const[]){ "exports(5), Extra Export Tables",
					     "exportfs(8)", NULL },
	.check_table = check,
};
