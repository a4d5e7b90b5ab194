#include "client_reach.h"
#include "export_rights.h"
#include "network_forest.h"
#include "wildcard_pairs.h"

/* Networks that one other network makes useless. */
struct shadow {
	const struct export_entry *first;
	size_t more;
};

static void report(struct rule_run *run, const struct shadow *shadow,
		   const struct export_entry *winner)
{
	const struct export_entry *entry = shadow->first;
	bool agree = export_policies_agree(rule_policy(run, entry),
					   rule_policy(run, winner));
	struct str path = export_entry_path(run->arena, run->table, entry);
	const char *client =
		client_reach_text(run->arena, rule_client(run, entry));
	struct finding *finding;

	if (shadow->more)
		client = arena_printf(run->arena, "%s, like %zu more,", client,
				      shadow->more);
	finding = rule_report(run, entry, export_entry_span(run->table, entry),
			      agree ? "the entry for %s adds nothing to %.*s: "
				      "an earlier one with the same options "
				      "has all of it"
				    : "the entry for %s never decides for "
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
		"the entry for %s never decides for %.*s: other entries that "
		"come first have each of its addresses",
		client_reach_text(run->arena, rule_client(run, entry)),
		STR_ARG(path));
	finding->fix.description = "delete this entry";
}

static void add_shadow(struct shadow *shadow, const struct export_entry *entry)
{
	if (shadow->first)
		shadow->more++;
	else
		shadow->first = entry;
}

/* A network that never decides. shadows are those of each member as the
 * winner: two, of entries that differ from it and of entries that agree. */
static void check_member(struct rule_run *run,
			 const struct network_forest *forest,
			 const struct forest_member *member,
			 struct shadow (*shadows)[2])
{
	const struct forest_node *node = &forest->nodes.items[member->node];
	const struct forest_member *winner =
		&forest->members.items[node->winner];
	bool agree = export_policies_agree(rule_policy(run, member->entry),
					   rule_policy(run, winner->entry));

	if (winner == member)
		report_pieces(run, member->entry);
	else if (winner->node == member->node || agree)
		add_shadow(&shadows[node->winner][agree], member->entry);
	/* Otherwise order-decides-subnets tells it. */
}

static void check_networks(struct rule_run *run, const struct path_group *group)
{
	struct network_forest forest;
	struct shadow(*shadows)[2];
	size_t count;

	network_forest_build(run, group, &forest);
	count = forest.members.count;
	shadows = arena_alloc_array(run->arena, count, sizeof(*shadows));
	for (size_t i = 0; i < count; i++) {
		const struct forest_member *member = &forest.members.items[i];

		if (!member->host && !member->wins)
			check_member(run, &forest, member, shadows);
	}
	for (size_t i = 0; i < count; i++)
		for (unsigned agree = 0; agree < 2; agree++)
			if (shadows[i][agree].first)
				report(run, &shadows[i][agree],
				       forest.members.items[i].entry);
}

static void check_wildcards(struct rule_run *run,
			    const struct path_group *group)
{
	struct wildcard_pair pair = { 0 };

	while (wildcard_pair_next(run, group, WILDCARD_COVERED, &pair))
		report(run, &(struct shadow){ .first = pair.later },
		       pair.earlier);
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
			report(run, &(struct shadow){ .first = entry }, first);
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
