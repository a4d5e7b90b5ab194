#include "broader_entries.h"
#include "client_reach.h"
#include "export_rights.h"

/* Does the narrower entry differ, and not by giving less? */
static bool is_harmless(const struct rule_run *run,
			const struct export_entry *broader,
			const struct export_entry *entry)
{
	const struct export_policy *outer = rule_policy(run, broader);
	const struct export_policy *inner = rule_policy(run, entry);

	return !export_rights_beyond(outer, inner) &&
	       !export_policies_agree(outer, inner);
}

static const char *with_others(struct arena *arena, const char *text,
			       size_t more)
{
	if (!more)
		return arena_printf(arena, "%s has", text);
	return arena_printf(arena, "%s, like %zu more client%s, has", text,
			    more, more == 1 ? "" : "s");
}

static void report(struct rule_run *run, const struct broader_entry *found)
{
	struct arena *arena = run->arena;
	const struct export_policy *inner = rule_policy(run, found->first);
	const struct export_policy *outer = rule_policy(run, found->broader);
	const char *client = with_others(
		arena, client_reach_text(arena, rule_client(run, found->first)),
		found->more);
	const char *around =
		client_reach_text(arena, rule_client(run, found->broader));
	struct str path = export_entry_path(arena, run->table, found->first);
	struct span span = export_entry_span(run->table, found->first);
	struct finding *finding;

	if (export_rights_beyond(inner, outer))
		finding = rule_report(
			run, found->first, span,
			"%s `%s` on %.*s, where %s has `%s`: the narrower "
			"entry decides, wherever it stands",
			client, export_rights_text(arena, inner), STR_ARG(path),
			around, export_rights_text(arena, outer));
	else
		finding = rule_report(
			run, found->first, span,
			"%s options of its own on %.*s, not those of %s: the "
			"narrower entry decides, wherever it stands",
			client, STR_ARG(path), around);
	rule_relate(run, finding, found->broader, "the entry around it");
}

static void check(struct rule_run *run)
{
	broader_entries_each(run, is_harmless, report);
}

const struct rule rule_overlap_explained = {
	.slug = "overlap-explained",
	.severity = SEVERITY_INFO,
	.traits = TRAIT_ALL,
	.explains = true,
	.summary = "an entry that lies within another one, as it should",
	.rationale = "A host decides before a network, a network before a "
		     "pattern, and all of them before the entry for "
		     "everybody. Where the narrower entry gives more than the "
		     "one around it, nobody gets around a restriction: that "
		     "is how exceptions are written.",
	.remedy = "Nothing has to be done.",
	.bad = "/srv/data 10.1.0.5(rw) 10.1.0.0/24(ro)\n",
	.good = "/srv/data 10.1.0.5(rw) 10.2.0.0/24(ro)\n",
	.references = (const char *const[]){ "exports(5), Machine Name Formats",
					     NULL },
	.check_table = check,
};
