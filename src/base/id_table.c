#include "id_table.h"

#include <sys/mman.h>
#include <unistd.h>

enum { LARGE_TABLE = 8 * 1024 * 1024 }; /* bytes */

static void place(struct id_table *table, struct id_slot slot)
{
	uint32_t index = slot.hash & table->mask;

	while (table->slots[index].id_plus_one)
		index = (index + 1) & table->mask;
	table->slots[index] = slot;
}

static size_t size_of(const struct id_table *table)
{
	return table->slots ? (size_t)table->mask + 1 : 0;
}

/* How many ids fit before the table has to grow. */
static size_t room_in(size_t size)
{
	return size / 3 * 2;
}

/* Look-ups jump all over a large table, and miss the TLB less often with large
 * pages. Only a hint. */
static void prefer_large_pages(void *memory, size_t size)
{
	uintptr_t page = (uintptr_t)sysconf(_SC_PAGESIZE);
	uintptr_t begin = ((uintptr_t)memory + page - 1) / page * page;

	if (size >= LARGE_TABLE)
		madvise((void *)begin, (uintptr_t)memory + size - begin,
			MADV_HUGEPAGE);
}

static void resize(struct arena *arena, struct id_table *table, size_t size)
{
	struct id_table old = *table;

	if (size > UINT32_MAX)
		arena_exhausted();
	table->slots = arena_alloc_array(arena, size, sizeof(*table->slots));
	prefer_large_pages(table->slots, size * sizeof(*table->slots));
	table->mask = (uint32_t)(size - 1);
	for (size_t i = 0; i < size_of(&old); i++)
		if (old.slots[i].id_plus_one)
			place(table, old.slots[i]);
	arena_release(old.slots, size_of(&old) * sizeof(*old.slots));
}

void id_table_reserve(struct arena *arena, struct id_table *table, size_t count)
{
	size_t size = size_of(table) ? size_of(table) : 16;

	while (room_in(size) < count)
		size *= 2;
	if (size > size_of(table))
		resize(arena, table, size);
}

void id_table_add(struct arena *arena, struct id_table *table, uint32_t hash,
		  uint32_t id)
{
	if (table->count >= room_in(size_of(table)))
		id_table_reserve(arena, table, (size_t)table->count + 1);
	place(table, (struct id_slot){ hash, id + 1 });
	table->count++;
}

uint32_t id_table_probe(const struct id_table *table, uint32_t hash,
			uint32_t from)
{
	if (!table->slots)
		return UINT32_MAX;
	for (uint32_t i = from & table->mask;; i = (i + 1) & table->mask) {
		if (!table->slots[i].id_plus_one)
			return UINT32_MAX;
		if (table->slots[i].hash == hash)
			return i;
	}
}

static uint32_t mix(uint64_t hash)
{
	hash ^= hash >> 32;
	hash *= 0xd6e8feb86659fd93ull;
	hash ^= hash >> 32;
	return (uint32_t)hash;
}

uint32_t hash_bytes(uint32_t seed, struct str bytes)
{
	uint64_t hash = 0xcbf29ce484222325ull ^ seed, word;
	size_t i = 0;

	for (; bytes.length - i >= sizeof(word); i += sizeof(word)) {
		memcpy(&word, bytes.data + i, sizeof(word));
		hash = (hash ^ word) * 0x9e3779b97f4a7c15ull;
		hash ^= hash >> 29;
	}
	for (; i < bytes.length; i++)
		hash = (hash ^ (unsigned char)bytes.data[i]) * 0x100000001b3ull;
	return mix(hash ^ bytes.length);
}

uint32_t hash_bytes_nocase(uint32_t seed, struct str bytes)
{
	uint64_t hash = 0xcbf29ce484222325ull ^ seed;

	for (size_t i = 0; i < bytes.length; i++)
		hash = (hash ^ (unsigned char)ascii_lower(bytes.data[i])) *
		       0x100000001b3ull;
	return mix(hash ^ bytes.length);
}
