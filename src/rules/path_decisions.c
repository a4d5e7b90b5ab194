#include "path_decisions.h"

static uint32_t hash_of(uint32_t path, uint32_t client)
{
	const uint32_t key[2] = { path, client };

	return hash_bytes(0, (struct str){ (const char *)key, sizeof(key) });
}

static void init(struct rule_run *run, struct path_decisions *decisions)
{
	const struct export_table *table = run->table;

	*decisions = (struct path_decisions){
		.run = run,
		.groups = path_groups_of(run),
	};
	decisions->views = arena_alloc_array(
		run->arena, decisions->groups.count, sizeof(*decisions->views));
	id_table_reserve(run->arena, &decisions->by_client,
			 table->entries.count);
	for (size_t i = 0; i < table->entries.count; i++) {
		const struct export_entry *entry = &table->entries.items[i];

		if (entry->state == EXPORT_LOADED)
			id_table_add(run->arena, &decisions->by_client,
				     hash_of(entry->path, entry->client),
				     (uint32_t)i);
	}
}

static struct path_view *view_of(struct path_decisions *decisions,
				 const struct path_group *group)
{
	struct path_view *view = &decisions->views[group->path];

	if (view->built)
		return view;
	network_forest_build(decisions->run, group, &view->forest);
	view->everybody = path_group_everybody(decisions->run, group);
	view->built = true;
	return view;
}

static const struct export_entry *
find_same(const struct path_decisions *decisions,
	  const struct path_group *group, const struct export_entry *entry)
{
	uint32_t hash = hash_of(group->path, entry->client);

	ID_TABLE_EACH (&decisions->by_client, hash, id) {
		const struct export_entry *other =
			&decisions->run->table->entries.items[id];

		if (other->path == group->path &&
		    other->client == entry->client)
			return other;
	}
	return NULL;
}

/* The addresses of a client that are one range. */
static bool range_of(const struct export_client *client, uint8_t *family,
		     struct address_range *range)
{
	struct client_network network;
	struct ip_address address;

	if (client->type == CLIENT_NETWORK) {
		if (client_network_parse(client->name, &network) != CLIENT_FINE)
			return false;
		*family = network.address.family;
		return address_range_of(&network, range);
	}
	if (client->type != CLIENT_HOST || !client->numeric ||
	    !ip_address_parse_host(client->name, &address))
		return false;
	*family = address.family;
	range->first = range->last = address_number_of(address);
	return true;
}

/* A host at an inner node can't have the whole range unless it is the node. */
static const struct export_entry *
find_network(const struct network_forest *forest, uint8_t family,
	     struct address_range range)
{
	uint32_t at = network_forest_find(forest, family, range);
	const struct forest_node *node;
	uint32_t member;

	if (at == FOREST_NONE)
		return NULL;
	node = &forest->nodes.items[at];
	member = node->host != FOREST_NONE ? node->host : node->winner;
	return member == FOREST_NONE ? NULL
				     : forest->members.items[member].entry;
}

const struct export_entry *path_decide(struct path_decisions *decisions,
				       const struct path_group *group,
				       const struct export_entry *entry)
{
	const struct export_client *client = rule_client(decisions->run, entry);
	const struct path_view *view = view_of(decisions, group);
	const struct export_entry *found = NULL;
	struct address_range range;
	uint8_t family;

	if (range_of(client, &family, &range))
		found = find_network(&view->forest, family, range);
	if (!found)
		found = find_same(decisions, group, entry);
	return found ? found : view->everybody;
}

void path_decisions_each(struct rule_run *run,
			 void (*check)(struct path_decisions *decisions,
				       const struct path_group *group,
				       const struct path_group *above))
{
	struct path_decisions decisions;

	init(run, &decisions);
	for (size_t i = 0; i < decisions.groups.count; i++) {
		const struct path_group *group = &decisions.groups.by_path[i];
		const struct path_group *above;

		if (!group->count)
			continue;
		above = path_group_above(&decisions.groups, group);
		if (above)
			check(&decisions, group, above);
	}
}
