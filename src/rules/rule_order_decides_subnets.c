#include "export_rights.h"
#include "network_forest.h"

/* What a wider network takes from networks behind it. */
struct victims {
	const struct export_entry *first;
	size_t more;
};

static void report(struct rule_run *run, const struct victims *victims,
		   const struct export_entry *wider)
{
	const struct export_entry *entry = victims->first;
	const char *own =
		export_rights_text(run->arena, rule_policy(run, entry));
	const char *given =
		export_rights_text(run->arena, rule_policy(run, wider));
	struct str path = export_entry_path(run->arena, run->table, entry);
	struct str name = rule_client(run, entry)->name;
	struct str wider_name = rule_client(run, wider)->name;
	const char *more =
		!victims->more ? ""
		: victims->more == 1
			? " and one more network"
			: arena_printf(run->arena, " and %zu more networks",
				       victims->more);
	bool same = strcmp(own, given) == 0;
	struct finding *finding;

	finding = rule_report(
		run, entry, export_entry_span(run->table, entry),
		"%.*s%s get%s the options of %.*s at %.*s%s%s%s%s%s, because "
		"the wider network stands first",
		STR_ARG(name), more, victims->more ? "" : "s",
		STR_ARG(wider_name), STR_ARG(path), same ? "" : ", `",
		same ? "" : given, same ? "" : "` instead of `",
		same ? "" : own, same ? "" : "`");
	rule_relate(run, finding, wider, "this one decides");
	finding->fix.description = arena_printf(
		run->arena, "put `%.*s` behind it", STR_ARG(wider_name));
}

/* The wider network that decides against this member, or FOREST_NONE. */
static uint32_t victor_of(const struct rule_run *run,
			  const struct network_forest *forest, size_t i)
{
	const struct forest_member *member = &forest->members.items[i];
	uint32_t winner = forest->nodes.items[member->node].winner;
	const struct forest_member *victor = &forest->members.items[winner];

	if (winner == i || victor->node == member->node ||
	    export_policies_agree(rule_policy(run, member->entry),
				  rule_policy(run, victor->entry)))
		return FOREST_NONE;
	return winner;
}

static void check_group(struct rule_run *run, const struct path_group *group)
{
	struct network_forest forest;
	struct victims *victims;

	network_forest_build(run, group, &forest);
	victims = arena_alloc_array(run->arena, forest.members.count,
				    sizeof(*victims));
	for (size_t i = 0; i < forest.members.count; i++) {
		const struct forest_member *member = &forest.members.items[i];
		uint32_t victor =
			member->host ? FOREST_NONE : victor_of(run, &forest, i);

		if (victor == FOREST_NONE)
			continue;
		if (victims[victor].first)
			victims[victor].more++;
		else
			victims[victor].first = member->entry;
	}
	for (size_t i = 0; i < forest.members.count; i++)
		if (victims[i].first)
			report(run, &victims[i], forest.members.items[i].entry);
}

static void check(struct rule_run *run)
{
	struct path_groups groups = path_groups_of(run);

	for (size_t i = 0; i < groups.count; i++)
		if (groups.by_path[i].count > 1)
			check_group(run, &groups.by_path[i]);
}

const struct rule rule_order_decides_subnets = {
	.slug = "order-decides-subnets",
	.severity = SEVERITY_MEDIUM,
	.traits = TRAIT_ALL,
	.summary = "a wider network stands before a narrower one with other "
		   "options",
	.rationale = "The server does not look for the longest prefix: of two "
		     "networks that have an address, the one that stands "
		     "first in the file decides. What is written for the "
		     "narrower network never holds.",
	.remedy = "Write narrower networks first.",
	.bad = "/srv/data 10.0.0.0/16(rw) 10.0.1.0/24(ro)\n",
	.good = "/srv/data 10.0.1.0/24(rw) 10.0.0.0/16(ro)\n",
	.references = (const char *const[]){ "exports(5), Machine Name Formats",
					     NULL },
	.check_table = check,
};
