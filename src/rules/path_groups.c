#include "path_groups.h"

static bool is_grouped(const struct export_entry *entry)
{
	return entry->state == EXPORT_LOADED;
}

static void count_entries(const struct rule_run *run,
			  struct path_groups *groups)
{
	for (size_t i = 0; i < run->table->entries.count; i++) {
		const struct export_entry *entry =
			&run->table->entries.items[i];

		if (is_grouped(entry))
			groups->by_path[entry->path].count++;
	}
}

/* Gives each group its part of the array, in which it is still empty. */
static void place_groups(uint32_t *entries, struct path_groups *groups)
{
	for (size_t i = 0; i < groups->count; i++) {
		struct path_group *group = &groups->by_path[i];

		group->path = (uint32_t)i;
		group->entries = entries;
		entries += group->count;
		group->count = 0;
	}
}

struct path_groups path_groups_of(const struct rule_run *run)
{
	size_t count = run->table->entries.count;
	uint32_t *entries =
		arena_alloc_array(run->arena, count, sizeof(*entries));
	struct path_groups groups = {
		.run = run,
		.count = run->table->input.lookups->paths.list.count,
	};

	groups.by_path = arena_alloc_array(run->arena, groups.count,
					   sizeof(*groups.by_path));
	count_entries(run, &groups);
	place_groups(entries, &groups);
	for (size_t i = 0; i < count; i++) {
		const struct export_entry *entry =
			&run->table->entries.items[i];
		struct path_group *group;

		if (!is_grouped(entry))
			continue;
		group = &groups.by_path[entry->path];
		group->entries[group->count++] = (uint32_t)i;
	}
	return groups;
}

/* "/a/b" to "/a", "/a" to "/"; false for "/" and what has no slash. */
static bool go_up(struct str *path)
{
	size_t length = path->length;

	while (length && path->data[length - 1] != '/')
		length--;
	while (length > 1 && path->data[length - 1] == '/')
		length--;
	if (!length || length == path->length)
		return false;
	path->length = length;
	return true;
}

const struct path_group *path_group_above(const struct path_groups *groups,
					  const struct path_group *group)
{
	const struct export_table *table = groups->run->table;
	struct str path = export_table_path(table, group->path);

	while (go_up(&path)) {
		uint32_t found =
			text_set_find(&table->input.lookups->paths, path);

		if (found != UINT32_MAX && groups->by_path[found].count)
			return &groups->by_path[found];
	}
	return NULL;
}

const struct export_entry *path_group_everybody(const struct rule_run *run,
						const struct path_group *group)
{
	for (size_t i = 0; i < group->count; i++) {
		const struct export_entry *entry =
			path_group_entry(run, group, i);

		if (rule_client(run, entry)->type == CLIENT_ANONYMOUS)
			return entry;
	}
	return NULL;
}
