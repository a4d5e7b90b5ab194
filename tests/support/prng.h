/* Numbers that look random and are the same for the same seed everywhere
 * (splitmix64). Not for secrets. */
#ifndef PRNG_H
#define PRNG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct prng {
	uint64_t state; /* the seed, to begin with */
};

static inline uint64_t prng_next(struct prng *prng)
{
	uint64_t z = prng->state += 0x9e3779b97f4a7c15u;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return z ^ (z >> 31);
}

/* 0 to limit - 1; limit is at least 1. */
static inline size_t prng_below(struct prng *prng, size_t limit)
{
	return (size_t)(prng_next(prng) >> 11) % limit;
}

/* True in percent of 100 calls. */
static inline bool prng_chance(struct prng *prng, unsigned percent)
{
	return prng_below(prng, 100) < percent;
}

/* One item of an array (not of a pointer). */
#define PRNG_PICK(prng, array)                                                 \
	((array)[prng_below((prng), sizeof(array) / sizeof(*(array)))])

#endif
