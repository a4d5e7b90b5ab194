#include "duplicate_entries.h"
#include "export_rights.h"

static void report(struct rule_run *run, const struct duplicate *duplicate)
{
	const char *clients = duplicate_clients_text(run, duplicate);
	const char *kept = export_rights_text(
		run->arena, rule_policy(run, duplicate->winner));
	const char *ignored = export_rights_text(
		run->arena, rule_policy(run, duplicate->entry));
	struct str path =
		export_entry_path(run->arena, run->table, duplicate->entry);
	struct span span = export_entry_span(run->table, duplicate->entry);
	struct finding *finding;

	if (strcmp(kept, ignored) == 0)
		finding = rule_report(run, duplicate->entry, span,
				      "exportfs ignores these options of %s "
				      "for %.*s: the earlier entry holds, with "
				      "other options",
				      clients, STR_ARG(path));
	else
		finding = rule_report(run, duplicate->entry, span,
				      "%.*s stays `%s` for %s: exportfs "
				      "ignores the second entry with `%s`",
				      STR_ARG(path), kept, clients, ignored);
	rule_relate(run, finding, duplicate->winner, "this one holds");
	finding->fix.description = "keep one of the two";
}

static void check(struct rule_run *run)
{
	struct duplicate duplicate = { 0 };

	while (duplicate_next(run, DUPLICATE_CONFLICTING, &duplicate))
		report(run, &duplicate);
}

const struct rule rule_conflicting_duplicate = {
	.slug = "conflicting-duplicate",
	.severity = SEVERITY_HIGH,
	.traits = TRAIT_ALL,
	.summary = "a client is written twice for a path with different "
		   "options",
	.rationale = "The first entry holds and the second one is ignored, "
		     "whatever it says. A restriction that is added further "
		     "down restricts nothing, and a right that is added there "
		     "is not given.",
	.remedy = "Decide which options are meant and keep one entry.",
	.bad = "/srv/data 10.1.0.0/24(rw)\n/srv/data 10.1.0.0/24(ro)\n",
	.good = "/srv/data 10.1.0.0/24(rw)\n/srv/more 10.1.0.0/24(ro)\n",
	.references = (const char *const[]){ "exportfs(8)", NULL },
	.check_table = check,
};
