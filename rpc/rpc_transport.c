#include "rpc_transport.h"

#include <errno.h>

/* Milliseconds until a datagram is sent again; the last one repeats. */
static const unsigned retransmissions[] = { 500, 1000, 2000 };

enum { RETRANSMISSIONS = sizeof(retransmissions) / sizeof(*retransmissions) };

struct rpc_channel {
	struct event_loop *loop;
	struct event_socket *socket;
	struct event_timer *retransmission;
	const struct rpc_channel_events *events;
	void *context;
	struct rpc_exchange *exchange; /* under way, or NULL */
	struct strbuf message;	       /* of that call */
	unsigned sent;		       /* times */
	enum event_transport transport;
	bool connected;
	struct record_reader place; /* in the stream */
	bool skips;		    /* to the end of a record that is over */
	bool *alive;
	int open_error;		     /* 0, or why there is no socket */
	struct event_timer *opening; /* that tells of it */
};

static void send_call(struct rpc_channel *channel);

static void send_again(void *context)
{
	struct rpc_channel *channel = context;

	channel->retransmission = NULL;
	send_call(channel);
}

static void send_call(struct rpc_channel *channel)
{
	unsigned index = channel->sent++;

	event_socket_send(channel->socket, channel->message.data,
			  channel->message.length);
	if (channel->transport != EVENT_UDP)
		return;
	if (index >= RETRANSMISSIONS)
		index = RETRANSMISSIONS - 1;
	channel->retransmission = event_loop_after(
		channel->loop, retransmissions[index], send_again, channel);
}

static void stop_retransmission(struct rpc_channel *channel)
{
	event_timer_cancel(channel->retransmission);
	channel->retransmission = NULL;
}

/* The owner may close the channel in any of his callbacks, so that each is the
 * last thing that happens to it here. */
static void connection_stands(void *context)
{
	struct rpc_channel *channel = context;

	*channel->alive = true;
	channel->connected = true;
	if (channel->exchange)
		send_call(channel);
	if (channel->events->connected)
		channel->events->connected(channel->context);
}

/* Skips what comes of a record for a call that is over. */
static void skip_rest(struct rpc_channel *channel, struct str *bytes)
{
	struct str piece;

	channel->place.limit = SIZE_MAX;
	while (record_is_begun(&channel->place) &&
	       record_read(&channel->place, bytes, &piece) == RECORD_BYTES)
		;
	channel->skips = record_is_begun(&channel->place);
}

static enum exchange_state take_stream(struct rpc_channel *channel,
				       struct str bytes)
{
	struct rpc_exchange *exchange = channel->exchange;

	rpc_exchange_take_stream(exchange, &bytes);
	channel->place = exchange->reader;
	if (exchange->state != EXCHANGE_WAITS)
		skip_rest(channel, &bytes);
	return exchange->state;
}

static void received(void *context, const char *bytes, size_t size)
{
	struct rpc_channel *channel = context;
	struct rpc_exchange *exchange = channel->exchange;
	struct str piece = { bytes, size };

	*channel->alive = true;
	if (channel->skips)
		skip_rest(channel, &piece);
	if (!exchange || channel->skips)
		return;
	if ((channel->transport == EVENT_TCP
		     ? take_stream(channel, piece)
		     : rpc_exchange_take_datagram(exchange, piece)) ==
	    EXCHANGE_WAITS)
		return;
	stop_retransmission(channel);
	channel->exchange = NULL;
	channel->events->replied(channel->context, exchange);
}

/* Whether an error was made by a packet that came in. */
static bool is_from_network(int error)
{
	static const int errors[] = { 0, ECONNREFUSED, ECONNRESET, EHOSTUNREACH,
				      ENETUNREACH };

	for (size_t i = 0; i < sizeof(errors) / sizeof(*errors); i++)
		if (error == errors[i])
			return true;
	return false;
}

static void ended(void *context, int error)
{
	struct rpc_channel *channel = context;

	stop_retransmission(channel);
	if (is_from_network(error))
		*channel->alive = true;
	channel->exchange = NULL;
	channel->events->failed(channel->context, error);
}

static void could_not_open(void *context)
{
	struct rpc_channel *channel = context;

	channel->opening = NULL;
	channel->events->failed(channel->context, channel->open_error);
}

static const struct event_socket_events socket_events = {
	.connected = connection_stands,
	.received = received,
	.ended = ended,
};

struct rpc_channel *rpc_channel_open(struct event_loop *loop,
				     const struct event_peer *peer,
				     const struct rpc_channel_events *events,
				     void *context, bool *alive)
{
	struct rpc_channel *channel = calloc(1, sizeof(*channel));

	if (!channel)
		arena_exhausted();
	*channel = (struct rpc_channel){
		.loop = loop,
		.events = events,
		.context = context,
		.alive = alive,
		.transport = peer->transport,
		.connected = peer->transport == EVENT_UDP,
	};
	channel->open_error = event_socket_open(loop, peer, &socket_events,
						channel, &channel->socket);
	if (channel->open_error)
		channel->opening =
			event_loop_after(loop, 0, could_not_open, channel);
	return channel;
}

void rpc_channel_call(struct rpc_channel *channel,
		      struct rpc_exchange *exchange)
{
	channel->exchange = exchange;
	channel->skips = record_is_begun(&channel->place);
	channel->sent = 0;
	strbuf_clear(&channel->message);
	rpc_exchange_encode(exchange, channel->transport == EVENT_TCP,
			    &channel->message);
	if (channel->connected && channel->socket)
		send_call(channel);
}

void rpc_channel_close(struct rpc_channel *channel)
{
	if (!channel)
		return;
	stop_retransmission(channel);
	event_timer_cancel(channel->opening);
	event_socket_close(channel->socket);
	strbuf_free(&channel->message);
	free(channel);
}
