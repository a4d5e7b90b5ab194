#include "broader_entries.h"

#include "client_network.h"
#include "client_rules.h"
#include "host_pattern.h"
#include "network_forest.h"
#include "wildcard_pairs.h"

struct search {
	struct rule_run *run;
	broader_entry_test *chosen;
	const struct path_group *group;
	struct network_forest forest;
	const struct export_entry *everybody;
	const struct export_entry *patterns[WILDCARDS_COMPARED];
	size_t pattern_count;
	ARRAY(struct broader_entry) found;
	struct id_table by_broader;
};

static void add(struct search *search, const struct export_entry *entry,
		const struct export_entry *broader)
{
	uint32_t hash = (uint32_t)((uintptr_t)broader / sizeof(*broader));
	struct broader_entry *found;

	ID_TABLE_EACH (&search->by_broader, hash, id) {
		found = &search->found.items[id];
		if (found->broader == broader) {
			found->more++;
			return;
		}
	}
	id_table_add(search->run->arena, &search->by_broader, hash,
		     (uint32_t)search->found.count);
	*ARRAY_ADD(search->run->arena, &search->found) =
		(struct broader_entry){ .first = entry, .broader = broader };
}

/* A wider network that is chosen, and decides for somebody else. */
static const struct export_entry *
find_network(const struct search *search, const struct forest_member *member)
{
	const struct forest_node *nodes = search->forest.nodes.items;
	uint32_t at = nodes[member->node].parent;

	for (; at != FOREST_NONE; at = nodes[at].parent) {
		const struct forest_member *wider;

		if (nodes[at].network == FOREST_NONE)
			continue;
		wider = &search->forest.members.items[nodes[at].network];
		if (wider->wins &&
		    search->chosen(search->run, wider->entry, member->entry))
			return wider->entry;
	}
	return NULL;
}

/* zero-prefix tells that such a network is hardly what was meant. */
static bool is_zero_prefix(const struct search *search,
			   const struct forest_member *member)
{
	const struct export_client *client =
		rule_client(search->run, member->entry);
	struct client_network network;

	return client->type == CLIENT_NETWORK &&
	       client_network_parse(client->name, &network) == CLIENT_FINE &&
	       network.zero_prefix;
}

static void check_member(struct search *search, size_t i)
{
	const struct forest_member *member = &search->forest.members.items[i];
	const struct export_entry *broader;

	/* Of a host with several addresses the first one is enough. */
	if (i && search->forest.members.items[i - 1].entry == member->entry)
		return;
	if (!member->host && (!member->wins || is_zero_prefix(search, member)))
		return;
	broader = find_network(search, member);
	if (!broader && search->everybody &&
	    search->chosen(search->run, search->everybody, member->entry))
		broader = search->everybody;
	if (broader)
		add(search, member->entry, broader);
}

/* Hosts whose addresses are not known are compared by name. */
static void check_named_host(struct search *search,
			     const struct export_entry *entry)
{
	struct str name = rule_client(search->run, entry)->name;

	for (size_t i = 0; i < search->pattern_count; i++) {
		const struct export_entry *pattern = search->patterns[i];

		if (search->chosen(search->run, pattern, entry) &&
		    host_pattern_matches(
			    rule_client(search->run, pattern)->name, name)) {
			add(search, entry, pattern);
			return;
		}
	}
	if (search->everybody &&
	    search->chosen(search->run, search->everybody, entry))
		add(search, entry, search->everybody);
}

static void check_names(struct search *search)
{
	for (size_t i = 0; i < search->group->count; i++) {
		const struct export_entry *entry =
			path_group_entry(search->run, search->group, i);
		const struct export_client *client =
			rule_client(search->run, entry);

		if (client->type == CLIENT_WILDCARD &&
		    search->pattern_count < WILDCARDS_COMPARED)
			search->patterns[search->pattern_count++] = entry;
	}
	for (size_t i = 0; i < search->group->count; i++) {
		const struct export_entry *entry =
			path_group_entry(search->run, search->group, i);
		const struct export_client *client =
			rule_client(search->run, entry);

		if (client->type == CLIENT_HOST && !client->numeric &&
		    !client->address_count)
			check_named_host(search, entry);
	}
}

static void check_group(struct rule_run *run, const struct path_group *group,
			broader_entry_test *chosen,
			broader_entry_report *report)
{
	struct search search = { .run = run, .chosen = chosen, .group = group };

	network_forest_build(run, group, &search.forest);
	search.everybody = path_group_everybody(run, group);
	if (search.everybody && !client_is_deliberate(run, search.everybody))
		search.everybody = NULL;
	for (size_t i = 0; i < search.forest.members.count; i++)
		check_member(&search, i);
	check_names(&search);
	for (size_t i = 0; i < search.found.count; i++)
		report(run, &search.found.items[i]);
}

void broader_entries_each(struct rule_run *run, broader_entry_test *chosen,
			  broader_entry_report *report)
{
	struct path_groups groups = path_groups_of(run);

	for (size_t i = 0; i < groups.count; i++)
		if (groups.by_path[i].count > 1)
			check_group(run, &groups.by_path[i], chosen, report);
}
