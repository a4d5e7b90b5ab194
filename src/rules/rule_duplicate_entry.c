#include "duplicate_entries.h"
#include "option_edits.h"

/* The clients of the duplicate's line. */
static size_t clients_of_line(const struct rule_run *run,
			      const struct export_entry *entry)
{
	const struct exports_syntax *syntax =
		export_table_syntax(run->table, entry);
	const struct exports_entry *line =
		&syntax->entries.items[entry->syntax_entry];
	size_t clients = 0;

	for (uint32_t i = 0; i < line->item_count; i++)
		clients += syntax->items.items[line->first_item + i].kind !=
			   EXPORTS_DEFAULTS;
	return clients;
}

/* A line that repeats all its clients goes; of one that repeats some of many
 * it is left to the admin. */
static void propose(struct rule_run *run, struct finding *finding,
		    const struct duplicate *duplicate)
{
	bool whole =
		clients_of_line(run, duplicate->entry) == duplicate->more + 1;

	finding->fix.description = "delete one of the two";
	finding->fix.safe = true;
	if (whole || !duplicate->more)
		entry_edit_delete(run, finding, duplicate->entry, whole);
}

static void check(struct rule_run *run)
{
	struct duplicate duplicate = { 0 };
	struct finding *finding;
	struct str path;

	while (duplicate_next(run, DUPLICATE_SAME, &duplicate)) {
		path = export_entry_path(run->arena, run->table,
					 duplicate.entry);
		finding = rule_report(
			run, duplicate.entry,
			export_entry_span(run->table, duplicate.entry),
			"%.*s is exported to %s a second time with the same "
			"options: exportfs ignores this and ends with an error",
			STR_ARG(path), duplicate_clients_text(run, &duplicate));
		rule_relate(run, finding, duplicate.winner, "this one holds");
		propose(run, finding, &duplicate);
	}
}

const struct rule rule_duplicate_entry = {
	.slug = "duplicate-entry",
	.severity = SEVERITY_LOW,
	.traits = TRAIT_ALL,
	.summary = "a client is written twice for a path with the same options",
	.rationale = "exportfs keeps the first of the two, complains of the "
		     "second and ends with status 1, which hides other errors "
		     "from scripts. Whoever edits the second one later changes "
		     "nothing.",
	.remedy = "Delete one of the two.",
	.bad = "/srv/data 10.1.0.0/24(rw) 10.1.0.0/24(rw)\n",
	.good = "/srv/data 10.1.0.0/24(rw) 10.2.0.0/24(rw)\n",
	.references = (const char *const[]){ "exportfs(8)", NULL },
	.check_table = check,
};
