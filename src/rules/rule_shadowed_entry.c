#include "client_reach.h"
#include "export_rights.h"
#include "network_forest.h"
#include "wildcard_pairs.h"

static void report(struct rule_run *run, const struct export_entry *entry,
		   const struct export_entry *winner)
{
	bool agree = export_policies_agree(rule_policy(run, entry),
					   rule_policy(run, winner));
	struct str path = export_entry_path(run->arena, run->table, entry);
	const char *client =
		client_reach_text(run->arena, rule_client(run, entry));
	struct finding *finding;

	finding = rule_report(run, entry, export_entry_span(run->table, entry),
			      agree ? "this entry for %s adds nothing to %.*s: "
				      "an earlier one with the same options "
				      "has all of it"
				    : "this entry for %s never decides for "
				      "%.*s: an earlier one has all of it and "
				      "comes first",
			      client, STR_ARG(path));
	if (agree)
		finding->severity = SEVERITY_LOW;
	rule_relate(run, finding, winner, "this one decides");
	finding->fix.description = "delete this entry";
}

/* Narrower entries before it have all its addresses between them. */
static void report_pieces(struct rule_run *run,
			  const struct export_entry *entry)
{
	struct str path = export_entry_path(run->arena, run->table, entry);
	struct finding *finding;

	finding = rule_report(
		run, entry, export_entry_span(run->table, entry),
		"this entry for %s never decides for %.*s: other entries that "
		"come first have each of its addresses",
		client_reach_text(run->arena, rule_client(run, entry)),
		STR_ARG(path));
	finding->fix.description = "delete this entry";
}

static void check_member(struct rule_run *run,
			 const struct network_forest *forest,
			 const struct forest_member *member)
{
	const struct forest_node *node = &forest->nodes.items[member->node];
	const struct forest_member *winner =
		&forest->members.items[node->winner];

	if (winner == member)
		report_pieces(run, member->entry);
	else if (winner->node == member->node ||
		 export_policies_agree(rule_policy(run, member->entry),
				       rule_policy(run, winner->entry)))
		report(run, member->entry, winner->entry);
	/* Otherwise order-decides-subnets tells it. */
}

static void check_networks(struct rule_run *run, const struct path_group *group)
{
	struct network_forest forest;

	network_forest_build(run, group, &forest);
	for (size_t i = 0; i < forest.members.count; i++) {
		const struct forest_member *member = &forest.members.items[i];

		if (!member->host && !member->wins)
			check_member(run, &forest, member);
	}
}

static void check_wildcards(struct rule_run *run,
			    const struct path_group *group)
{
	struct wildcard_pair pair = { 0 };

	while (wildcard_pair_next(run, group, WILDCARD_COVERED, &pair))
		report(run, pair.later, pair.earlier);
}

/* "" and * are two clients, but both are everybody. */
static void check_everybody(struct rule_run *run,
			    const struct path_group *group)
{
	const struct export_entry *first = path_group_everybody(run, group);

	for (size_t i = 0; first && i < group->count; i++) {
		const struct export_entry *entry =
			path_group_entry(run, group, i);

		if (entry != first &&
		    rule_client(run, entry)->type == CLIENT_ANONYMOUS)
			report(run, entry, first);
	}
}

static void check(struct rule_run *run)
{
	struct path_groups groups = path_groups_of(run);

	for (size_t i = 0; i < groups.count; i++) {
		if (groups.by_path[i].count < 2)
			continue;
		check_networks(run, &groups.by_path[i]);
		check_wildcards(run, &groups.by_path[i]);
		check_everybody(run, &groups.by_path[i]);
	}
}

const struct rule rule_shadowed_entry = {
	.slug = "shadowed-entry",
	.severity = SEVERITY_MEDIUM,
	.traits = TRAIT_ALL,
	.summary = "an entry that can never decide",
	.rationale = "For each client one entry of a path counts: a host "
		     "before a network, a network before a pattern of names, "
		     "then netgroups, then everybody, and among equals the "
		     "first in the file. An entry whose clients are all taken "
		     "by others does nothing, but whoever reads the file "
		     "believes it.",
	.remedy = "Delete the entry, or put it where it is meant to decide.",
	.bad = "/srv/data 10.1.0.0/24(rw) 10.1.0.7/24(ro)\n",
	.good = "/srv/data 10.1.0.0/24(rw) 10.1.1.0/24(ro)\n",
	.references = (const char *const[]){ "exports(5), Machine Name Formats",
					     NULL },
	.check_table = check,
};
