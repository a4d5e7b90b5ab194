/* Growable arrays in an arena.
 *
 *     ARRAY(struct point) points = { 0 };
 *     struct point *p = ARRAY_ADD(arena, &points);
 *
 * items may move when an item is added: keep indexes, not pointers.
 */
#ifndef ARRAY_H
#define ARRAY_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "arena.h"

#define ARRAY(type)                                                            \
	struct {                                                               \
		type *items;                                                   \
		size_t count, capacity;                                        \
	}

/* Adds a zeroed item and gives its address. */
#define ARRAY_ADD(arena, array)                                                \
	((array)->count == (array)->capacity                                   \
		 ? (void)((array)->items = array_grow(                         \
				  (arena), (array)->items, &(array)->capacity, \
				  sizeof(*(array)->items)))                    \
		 : (void)0,                                                    \
	 memset(&(array)->items[(array)->count], 0, sizeof(*(array)->items)),  \
	 &(array)->items[(array)->count++])

/* Makes room for count items in all, so that adding them moves nothing. What
 * stays unused costs no memory. */
#define ARRAY_RESERVE(arena, array, count)                                     \
	((array)->items =                                                      \
		 array_reserve((arena), (array)->items, &(array)->capacity,    \
			       (count), sizeof(*(array)->items)))

static inline void *array_reserve(struct arena *arena, void *items,
				  size_t *capacity, size_t count,
				  size_t item_size)
{
	size_t old = *capacity;
	size_t bytes;

	if (count <= old)
		return items;
	*capacity = count;
	if (__builtin_mul_overflow(count, item_size, &bytes))
		arena_exhausted();
	return arena_grow(arena, items, old * item_size, bytes);
}

static inline void *array_grow(struct arena *arena, void *items,
			       size_t *capacity, size_t item_size)
{
	size_t old = *capacity;

	return array_reserve(arena, items, capacity,
			     old ? old + old / 2 + 1 : 8, item_size);
}

#endif
