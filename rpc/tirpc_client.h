/* Calls to one service that end in the words of libtirpc: with what its
 * clnt_call(3) would have put into a struct rpc_err, though never later. */
#ifndef TIRPC_CLIENT_H
#define TIRPC_CLIENT_H

#include <rpc/rpc.h>

#include "rpc_transport.h"

struct tirpc_client {
	struct event_loop *loop;
	const struct tirpc_client_events *events;
	void *context;
	struct event_peer peer;
	struct rpc_channel *channel;
	struct event_timer *deadline; /* of the connection, then of the call */
	unsigned call_ms;
	bool connected, alive;
	struct rpc_exchange exchange; /* the last call */
};

/* Each is the last thing that the client does before it waits again; they may
 * make the next call or end the client. */
struct tirpc_client_events {
	/* The call is over. */
	void (*returned)(void *context, const struct rpc_err *error);
	/* Over TCP there is no connection; also the call, if one was made,
	 * is over. */
	void (*unconnected)(void *context);
};

/* Opens a channel to peer; nothing is called back before this returns. A
 * connection may take LIMIT_SHOWMOUNT_CONNECT_MS. */
void tirpc_client_open(struct tirpc_client *client, struct event_loop *loop,
		       const struct event_peer *peer,
		       const struct tirpc_client_events *events, void *context);

/* Makes a call, as soon as the connection stands; no other may be under way.
 * arena keeps the reply, of at most limit bytes. The reply may take
 * milliseconds. */
void tirpc_client_call(struct tirpc_client *client, struct arena *arena,
		       const struct rpc_call *call, struct reply_sink sink,
		       size_t limit, unsigned milliseconds);

/* Ends the client without further callbacks; it may be opened again. One that
 * is zeroed, or closed, stays as it is. */
void tirpc_client_close(struct tirpc_client *client);

#endif
