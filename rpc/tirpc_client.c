#include "tirpc_client.h"

#include <errno.h>

#include "rpc_limits.h"

static void stop_deadline(struct tirpc_client *client)
{
	event_timer_cancel(client->deadline);
	client->deadline = NULL;
}

static void end_call(struct tirpc_client *client, struct rpc_err error)
{
	stop_deadline(client);
	client->events->returned(client->context, &error);
}

static void end_connecting(struct tirpc_client *client)
{
	stop_deadline(client);
	client->events->unconnected(client->context);
}

static void deadline_passed(void *context)
{
	struct tirpc_client *client = context;

	client->deadline = NULL;
	if (client->connected)
		end_call(client, (struct rpc_err){ .re_status = RPC_TIMEDOUT });
	else
		end_connecting(client);
}

static void set_deadline(struct tirpc_client *client, unsigned milliseconds)
{
	stop_deadline(client);
	client->deadline = event_loop_after(client->loop, milliseconds,
					    deadline_passed, client);
}

static void connected(void *context)
{
	struct tirpc_client *client = context;

	client->connected = true;
	set_deadline(client, client->call_ms);
}

static struct rpc_err error_of_reply(const struct rpc_reply *reply)
{
	static const enum clnt_stat stats[] = {
		[RPC_REPLY_PROG_UNAVAIL] = RPC_PROGUNAVAIL,
		[RPC_REPLY_PROG_MISMATCH] = RPC_PROGVERSMISMATCH,
		[RPC_REPLY_PROC_UNAVAIL] = RPC_PROCUNAVAIL,
		[RPC_REPLY_GARBAGE_ARGS] = RPC_CANTDECODEARGS,
		[RPC_REPLY_SYSTEM_ERR] = RPC_SYSTEMERROR,
		[RPC_REPLY_RPC_MISMATCH] = RPC_VERSMISMATCH,
		[RPC_REPLY_AUTH_ERROR] = RPC_AUTHERROR,
	};
	struct rpc_err error = { .re_status = stats[reply->kind] };

	if (reply->kind == RPC_REPLY_AUTH_ERROR) {
		error.re_why = (enum auth_stat)reply->auth_error;
	} else {
		error.re_vers.low = reply->low;
		error.re_vers.high = reply->high;
	}
	return error;
}

/* libtirpc skips a record that is no reply, and then waits in vain; but a reply
 * with an unknown accept_stat is one for it. */
static enum clnt_stat stat_of_bad(const struct tirpc_client *client)
{
	if (!client->exchange.has_reply && client->exchange.reply.results)
		return RPC_FAILED;
	if (client->peer.transport == EVENT_TCP && !client->exchange.has_reply)
		return RPC_TIMEDOUT;
	return RPC_CANTDECODERES;
}

/* Whether a record of somebody else was given up in its middle, as one is that
 * begins with "HTTP". libtirpc reads on, and most such servers close. */
static bool is_other_protocol(const struct rpc_exchange *exchange)
{
	return exchange->state == EXCHANGE_BAD && exchange->is_stray;
}

static void replied(void *context, struct rpc_exchange *exchange)
{
	struct tirpc_client *client = context;
	struct rpc_err error = { .re_status = RPC_SUCCESS };

	if (is_other_protocol(exchange)) {
		set_deadline(client, LIMIT_SHOWMOUNT_CLOSE_MS);
		return;
	}
	if (exchange->state == EXCHANGE_ANSWERED)
		error = error_of_reply(&exchange->reply);
	else if (exchange->state != EXCHANGE_DONE)
		error.re_status = stat_of_bad(client);
	end_call(client, error);
}

/* What a datagram's call gets for an errno. A socket that could not even be
 * opened has no route to the peer; what comes later is ICMP, which libtirpc
 * does not ask for over IPv6. */
static enum clnt_stat stat_of_datagram(const struct tirpc_client *client)
{
	if (!client->alive)
		return RPC_CANTSEND;
	return client->peer.address.family == IP_V6 ? RPC_TIMEDOUT
						    : RPC_CANTRECV;
}

static void failed(void *context, int number)
{
	struct tirpc_client *client = context;
	struct rpc_err error = {
		.re_status = RPC_CANTRECV,
		.re_errno = number ? number : ECONNRESET,
	};

	if (!client->connected) {
		end_connecting(client);
		return;
	}
	if (client->peer.transport == EVENT_UDP)
		error.re_status = stat_of_datagram(client);
	end_call(client, error);
}

static const struct rpc_channel_events channel_events = {
	.connected = connected,
	.replied = replied,
	.failed = failed,
};

void tirpc_client_open(struct tirpc_client *client, struct event_loop *loop,
		       const struct event_peer *peer,
		       const struct tirpc_client_events *events, void *context)
{
	*client = (struct tirpc_client){
		.loop = loop,
		.events = events,
		.context = context,
		.peer = *peer,
		.connected = peer->transport == EVENT_UDP,
	};
	client->channel = rpc_channel_open(loop, peer, &channel_events, client,
					   &client->alive);
	if (!client->connected)
		set_deadline(client, LIMIT_SHOWMOUNT_CONNECT_MS);
}

void tirpc_client_call(struct tirpc_client *client, struct arena *arena,
		       const struct rpc_call *call, struct reply_sink sink,
		       size_t limit, unsigned milliseconds)
{
	rpc_exchange_begin(&client->exchange, arena, call, sink, limit);
	client->call_ms = milliseconds;
	if (client->connected)
		set_deadline(client, milliseconds);
	rpc_channel_call(client->channel, &client->exchange);
}

void tirpc_client_close(struct tirpc_client *client)
{
	stop_deadline(client);
	rpc_channel_close(client->channel);
	client->channel = NULL;
}
