/* Waiting for several things at once: time, ^C, look-ups of host names,
 * sockets.
 *
 * The only file that knows libuv. One thread runs the loop and all callbacks.
 */
#ifndef EVENT_LOOP_H
#define EVENT_LOOP_H

#include <stddef.h>
#include <stdint.h>

#include "failure.h"
#include "ip_address.h"

struct addrinfo;
struct event_loop;
struct event_timer;
struct event_socket;

/* Look-ups and other jobs of threads that can be under way at once; more of
 * them wait in a queue. */
enum { EVENT_LOOP_LOOKUPS = 64 };

/* Fails when descriptors end. */
bool event_loop_open(struct event_loop **loop, struct failure *failure)
	__attribute__((warn_unused_result));

/* Ends all waiting without further callbacks and gives ^C back its effect.
 * Does not wait for look-ups that are under way: their threads, and the memory
 * that these need, stay. libuv's destructor would wait for them in exit(3), so
 * a program that opens loops ends with _exit(2). NULL is allowed. */
void event_loop_close(struct event_loop *loop);

/* Runs callbacks until event_loop_stop(), or until there is no timer, look-up
 * and socket left (waiting for ^C alone does not keep it). */
void event_loop_run(struct event_loop *loop);

/* Makes event_loop_run() return after the current callback. */
void event_loop_stop(struct event_loop *loop);

/* Milliseconds of a clock that only goes forward, as they were when the
 * current callback began. */
uint64_t event_loop_now(struct event_loop *loop);

/* Calls back once, after that many milliseconds. The timer is valid until it
 * calls back or is cancelled. */
struct event_timer *event_loop_after(struct event_loop *loop,
				     unsigned milliseconds,
				     void (*callback)(void *context),
				     void *context);

/* Takes a timer back before it calls; NULL is allowed. */
void event_timer_cancel(struct event_timer *timer);

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

/* Calls act in a thread, then done in the loop. The thread may outlive the
 * loop, and then done is never called: what act uses must belong to context
 * alone, which is free()d by done. */
void event_loop_aside(struct event_loop *loop, void (*act)(void *context),
		      void (*done)(void *context), void *context);

enum event_transport { EVENT_TCP, EVENT_UDP };

/* Where a socket leads. */
struct event_peer {
	enum event_transport transport;
	struct ip_address address;
	uint16_t port;
	bool from_reserved_port; /* our own port is below 1024, for which one
				    must be root */
};

/* What happens to a socket. A callback may close it. */
struct event_socket_events {
	/* TCP: the connection stands. */
	void (*connected)(void *context);
	/* TCP: the next bytes of the stream; UDP: a datagram from the peer, who
	 * alone is heard. The bytes are valid until the callback returns. At
	 * most EVENT_READ_BYTES come at once, so that no peer keeps the loop
	 * from the others. */
	void (*received)(void *context, const char *bytes, size_t size);
	/* Nothing more comes: error is 0 where the peer has ended the stream,
	 * else of errno(3). The socket still has to be closed. */
	void (*ended)(void *context, int error);
};

enum { EVENT_READ_BYTES = 256 * 1024 };

/* Opens a socket and begins to connect it; nothing is called back before this
 * returns. Gives 0, or a number of errno(3) and no socket. */
int event_socket_open(struct event_loop *loop, const struct event_peer *peer,
		      const struct event_socket_events *events, void *context,
		      struct event_socket **opened)
	__attribute__((warn_unused_result));

/* Sends bytes over a TCP connection that stands (what does not fit waits), or a
 * datagram, which is lost if it does not go at once. Errors come by
 * ended(). */
void event_socket_send(struct event_socket *to, const char *bytes, size_t size);

/* Ends a socket without further callbacks; NULL is allowed. */
void event_socket_close(struct event_socket *socket);

/* Descriptors that sockets can have at the most; raises the soft limit of the
 * process to the hard one first. */
unsigned event_loop_descriptors(void);

#endif
