#include "client_reach.h"
#include "option_edits.h"

static bool is_unspecified(const struct rule_run *run,
			   const struct export_entry *entry)
{
	return entry->state == EXPORT_LOADED &&
	       !export_entry_has_option(run->table, entry,
					OPTION_SUBTREE_CHECK);
}

static struct finding *report(struct rule_run *run,
			      const struct export_entry *entry)
{
	struct str path = export_entry_path(run->arena, run->table, entry);
	struct finding *finding = rule_report(
		run, entry, export_entry_span(run->table, entry),
		"exportfs prints a reminder about %.*s at each run, because "
		"neither `subtree_check` nor `no_subtree_check` is written",
		STR_ARG(path));

	finding->fix.description = "write `no_subtree_check`";
	finding->fix.safe = true;
	return finding;
}

/* Once for a line, with an edit for each of its clients. */
static void check(struct rule_run *run)
{
	const struct export_entry *first = NULL;
	struct finding *finding = NULL;

	if (run->table->input.rules.target.nfs_utils >= VERSION_NUMBER(2, 7, 1))
		return;
	for (size_t i = 0; i < run->table->entries.count; i++) {
		const struct export_entry *entry =
			&run->table->entries.items[i];

		if (!is_unspecified(run, entry))
			continue;
		if (!first || first->document != entry->document ||
		    first->syntax_entry != entry->syntax_entry) {
			first = entry;
			finding = report(run, entry);
		}
		option_edit_append(run, finding, entry, "no_subtree_check");
	}
}

const struct rule rule_subtree_policy_unspecified = {
	.slug = "subtree-policy-unspecified",
	.severity = SEVERITY_INFO,
	.traits = TRAIT_ALL,
	.summary = "neither subtree_check nor no_subtree_check is written",
	.rationale = "The default has changed long ago from subtree_check to "
		     "no_subtree_check, and exportfs before 2.7.1 prints four "
		     "lines for each client that names neither. Messages that "
		     "matter drown in them.",
	.remedy = "Write no_subtree_check, which is the default.",
	.bad = "/srv/data 10.1.0.0/24(rw)\n",
	.good = "/srv/data 10.1.0.0/24(rw,no_subtree_check)\n",
	.references =
		(const char *const[]){ "exports(5), General Options", NULL },
	.check_table = check,
};
