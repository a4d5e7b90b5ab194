/* An input cut into pieces whose sizes follow from a seed, each in a block of
 * memory that ends where the piece ends. */
#ifndef CHUNKS_H
#define CHUNKS_H

#include <stdlib.h>

#include "str.h"

struct chunks {
	struct str left;
	unsigned seed; /* 0: one piece */
	char *block;
};

/* The next piece, valid until the next call; false at the end. */
static inline bool chunks_next(struct chunks *chunks, struct str *piece)
{
	size_t size = chunks->left.length;

	free(chunks->block);
	chunks->block = NULL;
	if (!size)
		return false;
	if (chunks->seed) {
		chunks->seed = chunks->seed * 1103515245 + 12345;
		if (size > 1 + (chunks->seed >> 16) % 24)
			size = 1 + (chunks->seed >> 16) % 24;
	}
	chunks->block = malloc(size);
	if (!chunks->block)
		abort();
	memcpy(chunks->block, chunks->left.data, size);
	*piece = (struct str){ chunks->block, size };
	chunks->left = str_skip(chunks->left, size);
	return true;
}

#endif
