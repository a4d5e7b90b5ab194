#include "broader_entries.h"
#include "client_reach.h"
#include "client_rules.h"
#include "export_rights.h"

static bool is_laxer(const struct rule_run *run,
		     const struct export_entry *broader,
		     const struct export_entry *entry)
{
	return export_rights_beyond(rule_policy(run, broader),
				    rule_policy(run, entry)) != 0;
}

static const char *others_text(struct arena *arena, size_t more)
{
	if (!more)
		return "";
	if (more == 1)
		return " (so is one more client)";
	return arena_printf(arena, " (so are %zu more clients)", more);
}

static void report(struct rule_run *run, const struct broader_entry *found)
{
	const struct export_policy *policy = rule_policy(run, found->first);
	const struct export_policy *lax = rule_policy(run, found->broader);
	const struct export_client *broader = rule_client(run, found->broader);
	struct str path =
		export_entry_path(run->arena, run->table, found->first);
	const char *where =
		broader->type == CLIENT_ANONYMOUS ? "any other address"
		: broader->type == CLIENT_WILDCARD
			? arena_printf(run->arena,
				       "another address whose name matches "
				       "%.*s",
				       STR_ARG(broader->name))
			: arena_printf(run->arena, "another address in %.*s",
				       STR_ARG(broader->name));
	struct finding *finding;

	finding = rule_report(
		run, found->first, export_entry_span(run->table, found->first),
		"%s is held to `%s` on %.*s%s, but from %s the same machine "
		"may %s",
		client_reach_text(run->arena, rule_client(run, found->first)),
		export_rights_text(run->arena, policy), STR_ARG(path),
		others_text(run->arena, found->more), where,
		export_right_text(export_rights_beyond(lax, policy)));
	rule_relate(run, finding, found->broader, "this one gives more");
	finding->fix.description =
		"give the broader entry no more than this one";
}

static void check(struct rule_run *run)
{
	broader_entries_each(run, is_laxer, report);
}

const struct rule rule_broader_match_more_privileged = {
	.slug = "broader-match-more-privileged",
	.severity = SEVERITY_HIGH,
	.traits = TRAIT_ALL,
	.summary = "a client is restricted, but a broader entry of the path "
		   "gives more",
	.rationale = "The restriction holds only while the server sees the "
		     "client at the address that is written. With another "
		     "address of its own, a forged one, or after a name "
		     "look-up that fails, the client falls to the broader "
		     "entry and has more rights than it was given.",
	.remedy = "Give the broader entry at most the rights of the narrower "
		  "one, and add rights for the hosts that need them.",
	.bad = "/srv/data 10.1.0.5(ro) 10.1.0.0/24(rw)\n",
	.good = "/srv/data 10.1.0.5(rw) 10.1.0.0/24(ro)\n",
	.references = (const char *const[]){ "exports(5), Machine Name Formats",
					     NULL },
	.check_table = check,
};
