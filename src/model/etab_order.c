#include "etab_order.h"

enum { BUCKETS = 1021, NONE = UINT32_MAX };

uint32_t etab_bucket(struct str path)
{
	uint32_t sum = 0;

	for (uint32_t i = 0; i < path.length; i++) {
		int32_t byte = (signed char)path.data[i];

		sum += i * (uint32_t)byte;
	}
	return sum % BUCKETS;
}

/* A singly linked list of entries of one type. */
struct type_list {
	uint32_t head;
	uint32_t tails[BUCKETS]; /* last entry of each bucket */
};

static void insert(struct type_list *list, uint32_t *next, uint32_t bucket,
		   uint32_t entry)
{
	uint32_t tail = list->tails[bucket];

	if (tail == NONE) {
		next[entry] = list->head;
		list->head = entry;
	} else {
		next[entry] = next[tail];
		next[tail] = entry;
	}
	list->tails[bucket] = entry;
}

void etab_order(struct arena *arena, struct export_table *table)
{
	size_t count = table->entries.count;
	struct type_list *lists =
		arena_alloc_array(arena, CLIENT_TYPES, sizeof(*lists));
	uint32_t *next = arena_alloc_array(arena, count, sizeof(*next));

	ARRAY_RESERVE(arena, &table->order, count);
	/* NONE is all ones in every byte */
	memset(lists, 0xff, CLIENT_TYPES * sizeof(*lists));
	for (uint32_t i = 0; i < count; i++) {
		const struct export_entry *entry = &table->entries.items[i];

		if (entry->state == EXPORT_LOADED)
			insert(&lists[table->clients.list.items[entry->client]
					      .type],
			       next,
			       etab_bucket(
				       export_table_path(table, entry->path)),
			       i);
	}
	for (int type = 0; type < CLIENT_TYPES; type++)
		for (uint32_t i = lists[type].head; i != NONE; i = next[i])
			*ARRAY_ADD(arena, &table->order) = i;
	arena_release(next, count * sizeof(*next));
	arena_release(lists, CLIENT_TYPES * sizeof(*lists));
}
