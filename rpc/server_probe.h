/* The conversation with one address of a server, from the first packet to its
 * list.
 *
 * The shortest one that is safe: the port over UDP, the list over one TCP
 * connection. A server without a MOUNT service is asked over NFSv4. Where
 * nothing comes back, more doors are tried, and a server that shows no sign of
 * life at any of them is given up early.
 */
#ifndef SERVER_PROBE_H
#define SERVER_PROBE_H

#include "conversation_options.h"
#include "event_loop.h"
#include "server_answer.h"

struct server_probe;

/* Begins to ask the server at address; milliseconds is what is left of the time
 * for the host. done is called once, not before this returns, with an answer
 * that becomes the caller's, who ends it with arena_free(answer->arena); the
 * probe is then gone. options must stay. */
struct server_probe *
server_probe_begin(struct event_loop *loop, struct ip_address address,
		   const struct conversation_options *options,
		   unsigned milliseconds,
		   void (*done)(void *context, struct server_answer *answer),
		   void *context);

/* Ends the conversation now, as ANSWER_INTERRUPTED, with what has come. done is
 * called, within LIMIT_GRACE_MS where a session with the server has to be
 * ended. */
void server_probe_interrupt(struct server_probe *probe);

/* Whether the server has shown a sign of life. */
bool server_probe_is_alive(const struct server_probe *probe);

#endif
