/* Many servers asked at once, under slots, deadlines and a bound on memory.
 *
 * A target is a name or an address. A name is one server: its addresses are
 * tried in the order of getaddrinfo(3), 250 ms apart, and the first that
 * answers is taken; or, if all_addresses is set, each of them is a server.
 */
#ifndef SWEEP_H
#define SWEEP_H

#include "conversation_options.h"
#include "event_loop.h"
#include "server_answer.h"

struct sweep_target {
	const char *name; /* NULL: only the address */
	struct ip_address address;
	void *tag; /* the caller's */
};

struct sweep_options {
	struct conversation_options conversation;
	unsigned jobs;	    /* hosts under way at once, at least 1 */
	bool all_addresses; /* of each name */
	size_t max_total;   /* bytes of all answers together, the largest of
			       which are cut; the caller then keeps them until
			       the sweep returns, but for bare ones. 0: no
			       bound, for a caller who frees them at once */
};

struct sweep_events {
	void *context;

	/* Gives the next target; false when there is none. Its texts must stay
	 * until it is answered. */
	bool (*next)(void *context, struct sweep_target *target);

	/* A target has been asked: once for each, or, with all_addresses, once
	 * for each address of a name (last is set for the last of them). The
	 * answer becomes the caller's, who ends it with
	 * arena_free(answer->arena). */
	void (*answered)(void *context, const struct sweep_target *target,
			 struct server_answer *answer, bool last);
};

/* Asks all targets and returns when all are answered. At ^C those that are
 * under way are answered as ANSWER_INTERRUPTED with what they have, and the
 * others are not taken from next; *interrupted is then true. jobs is lowered to
 * the descriptors that can be had; *jobs_used (NULL is allowed) tells. Fails
 * when there is not even one. */
bool sweep_run(const struct sweep_options *options,
	       const struct sweep_events *events, bool *interrupted,
	       unsigned *jobs_used, struct failure *failure)
	__attribute__((warn_unused_result));

#endif
