#include "edit_distance.h"

/* Distances of the first i bytes of a from every beginning of b. */
struct row {
	unsigned to[EDIT_DISTANCE_LONGEST + 1];
};

static unsigned least(unsigned a, unsigned b)
{
	return a < b ? a : b;
}

/* Fills row i from the two before it; gives its smallest value. */
static unsigned fill_row(struct str a, struct str b, size_t i, struct row *row,
			 const struct row *above, const struct row *above_that)
{
	char here = ascii_lower(a.data[i - 1]);
	unsigned smallest = row->to[0] = (unsigned)i;

	for (size_t j = 1; j <= b.length; j++) {
		char there = ascii_lower(b.data[j - 1]);
		unsigned best = above->to[j - 1] + (here != there);

		best = least(best, above->to[j] + 1);
		best = least(best, row->to[j - 1] + 1);
		if (i > 1 && j > 1 && here == ascii_lower(b.data[j - 2]) &&
		    there == ascii_lower(a.data[i - 2]))
			best = least(best, above_that->to[j - 2] + 1);
		row->to[j] = best;
		smallest = least(smallest, best);
	}
	return smallest;
}

unsigned edit_distance(struct str a, struct str b, unsigned max)
{
	struct row rows[3] = { 0 };
	unsigned previous = 0;

	if (a.length > EDIT_DISTANCE_LONGEST ||
	    b.length > EDIT_DISTANCE_LONGEST)
		return max + 1;
	for (size_t j = 0; j <= b.length; j++)
		rows[0].to[j] = (unsigned)j;
	for (size_t i = 1; i <= a.length; i++) {
		unsigned smallest =
			fill_row(a, b, i, &rows[i % 3], &rows[(i + 2) % 3],
				 &rows[(i + 1) % 3]);

		/* a swap reaches back two rows, nothing reaches further */
		if (smallest > max && previous > max)
			return max + 1;
		previous = smallest;
	}
	return least(rows[a.length % 3].to[b.length], max + 1);
}

unsigned edit_distance_tolerance(struct str word)
{
	size_t third = word.length / 3;

	return third < 1 ? 1 : third > 3 ? 3 : (unsigned)third;
}

const char *edit_distance_nearest(struct str word,
				  const char *const *candidates, size_t count,
				  unsigned max)
{
	const char *nearest = NULL;

	for (size_t i = 0; i < count; i++) {
		unsigned distance =
			edit_distance(word, str_of(candidates[i]), max);

		if (distance > max)
			continue;
		nearest = candidates[i];
		if (distance == 0)
			break;
		max = distance - 1;
	}
	return nearest;
}
