/* An open-addressing hash table of small numbers.
 *
 * It maps a hash to the ids (indexes into an array of the caller's) that were
 * added with it; the caller compares the things themselves:
 *
 *     ID_TABLE_EACH (&table, hash, id)
 *             if (str_equal(names[id], wanted))
 *                     return id;
 *
 * Eight bytes for a slot, linear probing, at most two thirds full.
 */
#ifndef ID_TABLE_H
#define ID_TABLE_H

#include <stdint.h>

#include "arena.h"
#include "str.h"

struct id_slot {
	uint32_t hash;
	uint32_t id_plus_one; /* 0: free */
};

struct id_table {
	struct id_slot *slots;
	uint32_t mask; /* slots - 1; the table is empty while slots is NULL */
	uint32_t count;
};

/* Makes room for count ids, so that adding them moves nothing. Slots that stay
 * free cost no memory while their pages are not touched. */
void id_table_reserve(struct arena *arena, struct id_table *table,
		      size_t count);

/* Adds id under hash; an id may be added under several hashes. */
void id_table_add(struct arena *arena, struct id_table *table, uint32_t hash,
		  uint32_t id);

/* Asks for the memory of a hash's slot, for a look-up that comes soon. */
static inline void id_table_prefetch(const struct id_table *table,
				     uint32_t hash)
{
	if (table->slots)
		__builtin_prefetch(&table->slots[hash & table->mask]);
}

/* Index of the first occupied slot with this hash at or after slot `from`
 * in probing order, or UINT32_MAX. Used by ID_TABLE_EACH. */
uint32_t id_table_probe(const struct id_table *table, uint32_t hash,
			uint32_t from);

#define ID_TABLE_EACH(table, hash, id)                                         \
	for (uint32_t id##_slot = id_table_probe((table), (hash), (hash)), id; \
	     id##_slot != UINT32_MAX &&                                        \
	     (id = (table)->slots[id##_slot].id_plus_one - 1, 1);              \
	     id##_slot = id_table_probe((table), (hash), id##_slot + 1))

/* Hash of bytes, continued from seed (0 to start). */
uint32_t hash_bytes(uint32_t seed, struct str bytes);

/* The same for text whose ASCII case does not matter. */
uint32_t hash_bytes_nocase(uint32_t seed, struct str bytes);

#endif
