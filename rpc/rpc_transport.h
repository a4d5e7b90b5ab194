/* Exchanges over a socket of the event loop: one at a time, over TCP one after
 * the other, over UDP with retransmission. */
#ifndef RPC_TRANSPORT_H
#define RPC_TRANSPORT_H

#include "event_loop.h"
#include "rpc_exchange.h"

struct rpc_channel;

struct rpc_channel_events {
	/* TCP: the connection stands. NULL: not of interest. */
	void (*connected)(void *context);
	/* The call is over; exchange->state is not EXCHANGE_WAITS. */
	void (*replied)(void *context, struct rpc_exchange *exchange);
	/* The socket is of no more use: 0 where the server has closed it, else
	 * of errno(3). Also a call that is under way gets no reply. */
	void (*failed)(void *context, int error);
};

/* Opens a channel to peer. Nothing is called back before this returns: a
 * socket that can't be opened comes by failed() too. events must stay. *alive
 * becomes true when the server, or something on the way to it, answers for the
 * first time: with a connection, a datagram, a refusal or another ICMP
 * message. */
struct rpc_channel *rpc_channel_open(struct event_loop *loop,
				     const struct event_peer *peer,
				     const struct rpc_channel_events *events,
				     void *context, bool *alive);

/* Makes a call, as soon as the connection stands. Over TCP one that is under
 * way is given up, and what still comes of its reply is skipped; over UDP none
 * may be. exchange has begun, and must stay until it is over. */
void rpc_channel_call(struct rpc_channel *channel,
		      struct rpc_exchange *exchange);

/* Ends the channel without further callbacks; NULL is allowed. Callbacks may do
 * this. */
void rpc_channel_close(struct rpc_channel *channel);

#endif
