#include "duplicate_entries.h"

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
		finding->fix.description = "delete one of the two";
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
