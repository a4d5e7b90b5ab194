#include "mount_query.h"

#include <stdlib.h>

#include "mount_protocol.h"
#include "rpc_limits.h"
#include "rpc_transport.h"

struct mount_query {
	struct server_answer *answer;
	const struct conversation_options *options;
	struct mount_service service;
	struct rpc_channel *channel;
	struct rpc_exchange exchange;
	struct mount_list_sink sink;
	struct query_result result;
	void (*done)(void *context);
	void *context;
};

static void ask(struct mount_query *query)
{
	bool wants_mounts = query->options->ask == ASK_MOUNTS;
	struct rpc_call call = {
		.program = MOUNT_PROGRAM,
		.version = query->service.version,
		.procedure = wants_mounts ? MOUNT_DUMP : MOUNT_EXPORT,
	};
	struct reply_sink sink = {
		.take = wants_mounts ? mount_take_mounts : mount_take_exports,
		.context = &query->sink,
	};

	rpc_exchange_begin(&query->exchange, query->answer->arena, &call, sink,
			   query->options->max_reply);
	rpc_channel_call(query->channel, &query->exchange);
}

/* A version that the server may know instead; the range that it names may be a
 * lie, but each try is lower than the one before. */
static uint32_t lower_version(const struct mount_query *query)
{
	uint32_t high = query->exchange.reply.high;
	uint32_t below = query->service.version - 1;

	if (query->options->mount_version)
		return 0;
	return high < below ? high : below;
}

static void end_with(struct mount_query *query, struct query_result result)
{
	query->result = result;
	query->done(query->context);
}

static void take_refusal(struct mount_query *query)
{
	const struct rpc_reply *reply = &query->exchange.reply;
	uint32_t lower = 0;

	if (reply->kind == RPC_REPLY_PROG_MISMATCH)
		lower = lower_version(query);
	if (!lower) {
		end_with(query, query_result_of_reply(query->answer->arena,
						      "mountd", reply));
		return;
	}
	query->service.version = lower;
	ask(query);
}

static void replied(void *context, struct rpc_exchange *exchange)
{
	static const struct query_result results[] = {
		[EXCHANGE_DONE] = { ANSWER_OK, NULL },
		[EXCHANGE_BAD] = { ANSWER_PROTOCOL_ERROR,
				   "what mountd sends is no list" },
		[EXCHANGE_TOO_LARGE] = { ANSWER_TOO_LARGE,
					 "the list is larger than the limit" },
	};
	struct mount_query *query = context;

	if (exchange->state == EXCHANGE_ANSWERED)
		take_refusal(query);
	else
		end_with(query, results[exchange->state]);
}

static void failed(void *context, int error)
{
	struct mount_query *query = context;

	end_with(query,
		 query_result_of_errno(query->answer->arena, "mountd", error));
}

static const struct rpc_channel_events channel_events = {
	.replied = replied,
	.failed = failed,
};

struct mount_query *
mount_query_begin(struct event_loop *loop, struct server_answer *answer,
		  const struct mount_service *service,
		  const struct conversation_options *options, bool *alive,
		  void (*done)(void *context), void *context)
{
	struct event_peer peer = {
		.transport = service->transport,
		.address = answer->address,
		.port = service->port,
		.from_reserved_port = options->reserved_port,
	};
	struct mount_query *query = calloc(1, sizeof(*query));

	if (!query)
		arena_exhausted();
	*query = (struct mount_query){
		.answer = answer,
		.options = options,
		.service = *service,
		.sink = { .answer = answer, .max_nodes = options->max_nodes },
		.result = { ANSWER_TIMEOUT, "mountd does not answer in time" },
		.done = done,
		.context = context,
	};
	query->channel =
		rpc_channel_open(loop, &peer, &channel_events, query, alive);
	ask(query);
	return query;
}

const struct query_result *mount_query_result(const struct mount_query *query)
{
	return &query->result;
}

static void keep_list(struct mount_query *query)
{
	struct server_answer *answer = query->answer;

	answer->bytes = (struct str){ query->exchange.message.items,
				      query->exchange.message.count };
	answer->complete = query->result.status == ANSWER_OK;
	answer->gives_list = answer->complete || answer->exports.count ||
			     answer->mounts.count;
	if (!answer->gives_list)
		return;
	answer->mount_port = query->service.port;
	answer->via = arena_printf(
		answer->arena, "mount%u/%s", query->service.version,
		query->service.transport == EVENT_TCP ? "tcp" : "udp");
}

void mount_query_end(struct mount_query *query)
{
	if (!query)
		return;
	keep_list(query);
	rpc_channel_close(query->channel);
	free(query);
}
