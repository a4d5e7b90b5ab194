/* One target of a sweep: its name, its addresses, and a conversation with the
 * one that answers. */
#ifndef SWEEP_HOST_H
#define SWEEP_HOST_H

#include "sweep.h"

struct sweep_host;

struct sweep_host_events {
	void *context; /* a sweep */

	/* The host is answered; with the last answer it is gone. */
	void (*answered)(void *context, struct sweep_host *host,
			 struct server_answer *answer, bool last);
	/* A conversation whose answer is not wanted has begun (1) or has
	 * finished (-1) to end. */
	void (*lingers)(void *context, int change);
};

/* Begins to ask; nothing is called back before this returns. */
struct sweep_host *sweep_host_begin(struct event_loop *loop,
				    const struct sweep_target *target,
				    const struct sweep_options *options,
				    const struct sweep_host_events *events);

/* The target that it was given. */
const struct sweep_target *sweep_host_target(const struct sweep_host *host);

/* Ends all that is under way; the host is answered, perhaps at once. */
void sweep_host_interrupt(struct sweep_host *host);

#endif
