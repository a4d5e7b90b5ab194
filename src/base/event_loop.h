/* Waiting for several things at once: time, ^C, look-ups of host names.
 *
 * The only file that knows libuv. One thread runs the loop and all callbacks.
 */
#ifndef EVENT_LOOP_H
#define EVENT_LOOP_H

#include "failure.h"

struct addrinfo;
struct event_loop;

/* Look-ups that can be under way at once; more of them wait in a queue. */
enum { EVENT_LOOP_LOOKUPS = 64 };

/* Fails when descriptors end. */
bool event_loop_open(struct event_loop **loop, struct failure *failure)
	__attribute__((warn_unused_result));

/* Ends all waiting without further callbacks and gives ^C back its effect.
 * Does not wait for look-ups that are under way: their threads, and the memory
 * that these need, stay. libuv's destructor would wait for them in exit(3), so
 * a program that opens loops ends with _exit(2). NULL is allowed. */
void event_loop_close(struct event_loop *loop);

/* Runs callbacks until event_loop_stop(), or until there is no timer and no
 * look-up left (waiting for ^C alone does not keep it). */
void event_loop_run(struct event_loop *loop);

/* Makes event_loop_run() return after the current callback. */
void event_loop_stop(struct event_loop *loop);

/* Calls back once, after that many milliseconds. */
void event_loop_after(struct event_loop *loop, unsigned milliseconds,
		      void (*callback)(void *context), void *context);

/* Calls back at the first SIGINT; the second one ends the program. Does
 * nothing where the program was started with SIGINT ignored. At most one
 * callback for a loop. */
void event_loop_on_interrupt(struct event_loop *loop,
			     void (*callback)(void *context), void *context);

/* What getaddrinfo(3) answered: error is its result (EAI_...), and list the
 * addresses when that is 0, valid until the callback returns. */
typedef void event_loop_answer(void *context, int error,
			       const struct addrinfo *list);

/* Asks getaddrinfo(3) in a thread for the addresses of name, which is copied,
 * as nfs-utils asks: both families, for UDP, with the canonical name. */
void event_loop_look_up(struct event_loop *loop, const char *name,
			event_loop_answer *callback, void *context);

#endif
