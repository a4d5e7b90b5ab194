/* The bound on what all answers of a sweep keep in memory together. */
#ifndef KEPT_ANSWERS_H
#define KEPT_ANSWERS_H

#include "server_answer.h"

/* Start with { 0 } but for the bound, end with kept_answers_free(). */
struct kept_answers {
	size_t bound; /* bytes; 0: none */
	size_t total;
	struct server_answer **items; /* a heap, the largest first */
	size_t count, capacity;
};

/* Counts an answer, which stays the caller's and must stay, unless it is bare.
 * Where the bound is passed, the largest answers lose their lists and become
 * ANSWER_TOO_LARGE. */
void kept_answers_add(struct kept_answers *kept, struct server_answer *answer);

void kept_answers_free(struct kept_answers *kept);

#endif
