#include "client_reach.h"
#include "client_rules.h"
#include "export_rights.h"
#include "path_decisions.h"

/* Options that are written for paths where another file system begins. */
static bool is_mount_point(const struct export_policy *policy)
{
	return policy->flags & EXPORT_NOHIDE || policy->mountpoint.data;
}

static bool is_pseudo_root(const struct export_policy *policy)
{
	return policy->flags & EXPORT_FSID && policy->fsid == 0;
}

static const char *message(struct rule_run *run,
			   const struct export_entry *entry,
			   const struct export_entry *upper, unsigned beyond)
{
	struct arena *arena = run->arena;
	struct str path = export_entry_path(arena, run->table, entry);
	struct str above = export_entry_path(arena, run->table, upper);
	const char *client = client_reach_text(arena, rule_client(run, entry));

	if (beyond)
		return arena_printf(arena,
				    "over NFSv4 %s may %s at %.*s, because "
				    "%.*s above it allows that, if both are "
				    "on one file system",
				    client, export_right_text(beyond),
				    STR_ARG(path), STR_ARG(above));
	return arena_printf(
		arena,
		"over NFSv4 %s has `%s` at %.*s, as at %.*s above it, not "
		"`%s`, if both are on one file system",
		client, export_rights_text(arena, rule_policy(run, upper)),
		STR_ARG(path), STR_ARG(above),
		export_rights_text(arena, rule_policy(run, entry)));
}

/* True if it has reported. */
static bool compare(struct rule_run *run, const struct export_entry *entry,
		    const struct export_entry *upper)
{
	const struct export_policy *policy = rule_policy(run, entry);
	const struct export_policy *above = rule_policy(run, upper);
	unsigned beyond = export_rights_beyond(above, policy);
	struct finding *finding;

	if (is_mount_point(policy) || above->flags & EXPORT_CROSSMOUNT)
		return false;
	if (!beyond &&
	    (!export_rights_beyond(policy, above) || is_pseudo_root(above)))
		return false;
	finding = rule_report(run, entry, export_entry_span(run->table, entry),
			      "%s", message(run, entry, upper, beyond));
	if (!beyond)
		finding->severity = SEVERITY_LOW;
	rule_relate(run, finding, upper, "the options of the path above it");
	return true;
}

static void check_group(struct path_decisions *decisions,
			const struct path_group *group,
			const struct path_group *above)
{
	struct rule_run *run = decisions->run;

	for (size_t i = 0; i < group->count; i++) {
		const struct export_entry *entry =
			path_group_entry(run, group, i);
		const struct export_entry *upper =
			path_decide(decisions, above, entry);

		if (upper && client_is_deliberate(run, entry) &&
		    client_is_deliberate(run, upper) &&
		    compare(run, entry, upper))
			return;
	}
}

static void check(struct rule_run *run)
{
	path_decisions_each(run, check_group);
}

const struct rule rule_nested_policy_mismatch = {
	.slug = "nested-policy-mismatch",
	.severity = SEVERITY_HIGH,
	.traits = TRAIT_ALL,
	.summary = "a path below another exported path has other options for "
		   "the same clients",
	.rationale = "A client of NFSv4 walks to the path from above. As long "
		     "as it stays on one file system the server keeps the "
		     "options of the first export on the way, so that a "
		     "stricter entry for a directory further down protects "
		     "nothing, and a laxer one gives nothing.",
	.remedy = "Give both paths the same options, or put the lower one on "
		  "a file system of its own.",
	.bad = "/srv/data 10.1.0.0/24(rw)\n"
	       "/srv/data/archive 10.1.0.0/24(ro)\n",
	.good = "/srv/data 10.1.0.0/24(rw)\n/srv/archive 10.1.0.0/24(ro)\n",
	.references = (const char *const[]){ "exports(5), Subdirectory Exports",
					     NULL },
	.check_table = check,
};
