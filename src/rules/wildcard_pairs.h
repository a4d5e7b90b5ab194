/* Patterns of names of one path that match names in common. */
#ifndef WILDCARD_PAIRS_H
#define WILDCARD_PAIRS_H

#include "path_groups.h"

enum wildcard_relation {
	WILDCARD_COVERED, /* the earlier one matches all that the later does */
	WILDCARD_CROSSED, /* both match some names that the other does not */
};

/* Pairs are looked for among the first patterns of a path, so that a path with
 * thousands of them stays cheap. */
enum { WILDCARDS_COMPARED = 64 };

struct wildcard_pair {
	const struct export_entry *earlier, *later;
	size_t next; /* used by wildcard_pair_next */
};

/* The next pattern that has that relation to an earlier one of the group;
 * *pair is zeroed before the first. Each pattern comes once. */
bool wildcard_pair_next(const struct rule_run *run,
			const struct path_group *group,
			enum wildcard_relation relation,
			struct wildcard_pair *pair);

/* Is there a name that both match? Brackets count as any one character. */
bool wildcards_overlap(struct str a, struct str b);

/* Is it certain from the text that outer matches all that inner does? */
bool wildcard_covers(struct str outer, struct str inner);

#endif
