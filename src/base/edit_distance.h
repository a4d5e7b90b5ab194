/* How far apart two words are, for "did you mean". */
#ifndef EDIT_DISTANCE_H
#define EDIT_DISTANCE_H

#include "str.h"

/* Words with more bytes than this are far from everything. */
enum { EDIT_DISTANCE_LONGEST = 64 };

/* The number of bytes to insert, delete or replace, or of neighbours to swap,
 * that turns a into b, no byte being touched twice (optimal string alignment).
 * The case of ASCII letters does not count. More than max gives max + 1. */
unsigned edit_distance(struct str a, struct str b, unsigned max);

/* As many mistakes as somebody may make in word before a suggestion looks
 * like a joke: a third of its length, at least 1 and at most 3. */
unsigned edit_distance_tolerance(struct str word);

/* The first of the nearest candidates within distance max, or NULL. */
const char *edit_distance_nearest(struct str word,
				  const char *const *candidates, size_t count,
				  unsigned max);

#endif
