#include "kept_answers.h"

#include <stdlib.h>

static bool is_larger(const struct kept_answers *kept, size_t a, size_t b)
{
	return server_answer_size(kept->items[a]) >
	       server_answer_size(kept->items[b]);
}

static void swap(struct kept_answers *kept, size_t a, size_t b)
{
	struct server_answer *other = kept->items[a];

	kept->items[a] = kept->items[b];
	kept->items[b] = other;
}

static void sift_up(struct kept_answers *kept, size_t at)
{
	for (size_t above; at; at = above) {
		above = (at - 1) / 2;
		if (!is_larger(kept, at, above))
			return;
		swap(kept, at, above);
	}
}

static void sift_down(struct kept_answers *kept, size_t at)
{
	for (;;) {
		size_t largest = at;

		for (size_t below = 2 * at + 1;
		     below <= 2 * at + 2 && below < kept->count; below++)
			if (is_larger(kept, below, largest))
				largest = below;
		if (largest == at)
			return;
		swap(kept, at, largest);
		at = largest;
	}
}

static void push(struct kept_answers *kept, struct server_answer *answer)
{
	if (kept->count == kept->capacity) {
		kept->capacity = kept->capacity ? kept->capacity * 2 : 64;
		kept->items = reallocarray(kept->items, kept->capacity,
					   sizeof(*kept->items));
		if (!kept->items)
			arena_exhausted();
	}
	kept->items[kept->count++] = answer;
	sift_up(kept, kept->count - 1);
}

static void cut_largest(struct kept_answers *kept)
{
	struct server_answer *largest = kept->items[0];

	kept->total -= server_answer_size(largest);
	server_answer_cut(largest);
	kept->items[0] = kept->items[--kept->count];
	sift_down(kept, 0);
}

void kept_answers_add(struct kept_answers *kept, struct server_answer *answer)
{
	if (!kept->bound || server_answer_is_bare(answer))
		return;
	kept->total += server_answer_size(answer);
	push(kept, answer);
	while (kept->total > kept->bound && kept->count)
		cut_largest(kept);
}

void kept_answers_free(struct kept_answers *kept)
{
	free(kept->items);
}
