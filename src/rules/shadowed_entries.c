#include "shadowed_entries.h"

#include "network_forest.h"
#include "wildcard_pairs.h"

static size_t index_of(const struct rule_run *run,
		       const struct export_entry *entry)
{
	return (size_t)(entry - run->table->entries.items);
}

static void mark_networks(struct rule_run *run, const struct path_group *group,
			  bool *shadowed)
{
	struct network_forest forest;

	network_forest_build(run, group, &forest);
	for (size_t i = 0; i < forest.members.count; i++) {
		const struct forest_member *member = &forest.members.items[i];

		if (!member->host && !member->wins)
			shadowed[index_of(run, member->entry)] = true;
	}
}

static void mark_patterns(struct rule_run *run, const struct path_group *group,
			  bool *shadowed)
{
	struct wildcard_pair pair = { 0 };

	while (wildcard_pair_next(run, group, WILDCARD_COVERED, &pair))
		shadowed[index_of(run, pair.later)] = true;
}

static void mark_everybody(struct rule_run *run, const struct path_group *group,
			   bool *shadowed)
{
	const struct export_entry *first = path_group_everybody(run, group);

	for (size_t i = 0; first && i < group->count; i++) {
		const struct export_entry *entry =
			path_group_entry(run, group, i);

		if (entry != first &&
		    rule_client(run, entry)->type == CLIENT_ANONYMOUS)
			shadowed[index_of(run, entry)] = true;
	}
}

void shadowed_entries_mark(struct rule_run *run, const struct path_group *group,
			   bool *shadowed)
{
	if (group->count < 2)
		return;
	mark_networks(run, group, shadowed);
	mark_patterns(run, group, shadowed);
	mark_everybody(run, group, shadowed);
}
