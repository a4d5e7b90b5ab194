#include "exposure_exceptions.h"

struct finder {
	struct arena *arena;
	const struct export_table *table;
	bool by_mountd;
	const struct exposure *exposure;
	/* of the crowd at hand */
	uint64_t *last; /* for each path the last rank that decides, plus one */
	uint32_t path;	/* that the entries have, if it is only one */
	bool many_paths;
	size_t shortest; /* path of an entry */
	/* for each client the crowd, from 1 on, that it is told for */
	uint32_t *told;
	uint32_t crowd;
};

static const struct export_client *client_of(const struct finder *finder,
					     const struct export_entry *entry)
{
	return &finder->table->clients.list.items[entry->client];
}

/* Grows in the order in which mountd goes through the entries of a path. */
static uint64_t rank_of(const struct finder *finder,
			const struct export_entry *entry)
{
	size_t index = (size_t)(entry - finder->table->entries.items);

	return (uint64_t)client_of(finder, entry)->type << 32 | index;
}

static size_t length_of(const struct finder *finder, uint32_t path)
{
	return export_table_path(finder->table, path).length;
}

static void note_entries(struct finder *finder,
			 const struct exposure_crowd *crowd)
{
	finder->many_paths = false;
	finder->shortest = SIZE_MAX;
	for (size_t i = 0; i < crowd->entries.count; i++) {
		const struct export_entry *entry = crowd->entries.items[i];
		size_t length = length_of(finder, entry->path);
		uint64_t rank = rank_of(finder, entry) + 1;

		if (rank > finder->last[entry->path])
			finder->last[entry->path] = rank;
		finder->many_paths |= i && entry->path != finder->path;
		finder->path = entry->path;
		if (length < finder->shortest)
			finder->shortest = length;
	}
}

static void forget_entries(struct finder *finder,
			   const struct exposure_crowd *crowd)
{
	for (size_t i = 0; i < crowd->entries.count; i++)
		finder->last[crowd->entries.items[i]->path] = 0;
}

/* mountd goes from the path up; the walk of NFSv4 may be decided anywhere. */
static bool may_come_first(const struct finder *finder,
			   const struct export_entry *entry)
{
	if (rank_of(finder, entry) + 1 < finder->last[entry->path])
		return true;
	if (finder->by_mountd)
		return finder->shortest < length_of(finder, entry->path);
	return finder->many_paths || finder->path != entry->path;
}

/* A client that the crowd has is no exception to it. */
static void note_own(struct finder *finder, const struct exposure_crowd *crowd)
{
	for (size_t i = 0; i < crowd->entries.count; i++)
		if (client_is_symbolic(
			    client_of(finder, crowd->entries.items[i])))
			finder->told[crowd->entries.items[i]->client] =
				finder->crowd;
}

static void find(struct finder *finder, struct exposure_crowd *crowd)
{
	const struct exposure *exposure = finder->exposure;

	if (!crowd->has_exceptions)
		return;
	finder->crowd++;
	note_entries(finder, crowd);
	note_own(finder, crowd);
	for (size_t i = 0; i < exposure->symbolic.count; i++) {
		const struct export_entry *entry = exposure->symbolic.items[i];

		if (finder->told[entry->client] == finder->crowd ||
		    !may_come_first(finder, entry))
			continue;
		finder->told[entry->client] = finder->crowd;
		*ARRAY_ADD(finder->arena, &crowd->exceptions) =
			client_of(finder, entry)->name;
	}
	forget_entries(finder, crowd);
}

void exposure_exceptions_find(struct arena *arena,
			      const struct export_question *question,
			      struct exposure *exposure)
{
	const struct export_table *table = question->index->table;
	struct finder finder = {
		.arena = arena,
		.table = table,
		.by_mountd = question->nfs_version == 3,
		.exposure = exposure,
		.last = arena_alloc_array(arena, question->index->path_count,
					  sizeof(uint64_t)),
		.told = arena_alloc_array(arena, table->clients.list.count,
					  sizeof(uint32_t)),
	};

	for (size_t i = 0; i < exposure->rows.count; i++)
		find(&finder, &exposure->rows.items[i].crowd);
	find(&finder, &exposure->undecided);
}
