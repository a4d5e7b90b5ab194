/* Questions to name services, many at once, until a deadline. */
#ifndef LOOKUP_QUEUE_H
#define LOOKUP_QUEUE_H

#include "event_loop.h"

struct lookup_queue {
	size_t count;	/* of questions */
	size_t at_once; /* how many are under way at the most */
	/* Begins question number index. Its answer ends with
	 * lookup_queue_answered(), in a callback of the loop. */
	void (*ask)(struct lookup_queue *queue, size_t index);

	/* Of lookup_queue_run(). */
	struct event_loop *loop;
	size_t next, under_way;
	bool interrupted; /* by SIGINT; a second one ends the program */
};

/* Asks until all are answered, deadline_ms milliseconds have passed (0: never),
 * or SIGINT comes; nothing is called back afterwards, and threads that still
 * wait stay behind: see event_loop_close(). False if there is no loop, and no
 * question was asked. */
bool lookup_queue_run(struct lookup_queue *queue, unsigned deadline_ms);

void lookup_queue_answered(struct lookup_queue *queue);

#endif
