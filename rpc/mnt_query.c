#include "mnt_query.h"

#include <stdlib.h>

#include "auth_flavor.h"
#include "mount_protocol.h"
#include "rpc_limits.h"
#include "rpc_transport.h"

enum { MNT_VERSION = 3 };

struct mnt_query {
	struct server_answer *answer;
	void (*done)(void *context);
	void *context;
	struct rpc_channel *channel;
	struct rpc_exchange exchange;
	struct strbuf arguments;
	struct mount_mnt_sink mounted;
	size_t next;	/* of the exports */
	size_t refused; /* of them */
	bool unmounts;	/* the call under way is UMNT */
};

static void call(struct mnt_query *query, uint32_t procedure,
		 struct reply_sink sink)
{
	struct server_answer *answer = query->answer;
	struct rpc_call message = {
		.program = MOUNT_PROGRAM,
		.version = MNT_VERSION,
		.procedure = procedure,
	};

	strbuf_clear(&query->arguments);
	mount_add_path(
		&query->arguments,
		answer_text(answer, answer->exports.items[query->next].path));
	message.arguments = strbuf_str(&query->arguments);
	rpc_exchange_begin(&query->exchange, answer->arena, &message, sink,
			   LIMIT_SMALL_REPLY_BYTES);
	rpc_channel_call(query->channel, &query->exchange);
}

static void mount_next(struct mnt_query *query)
{
	query->unmounts = false;
	if (query->next == query->answer->exports.count ||
	    query->next == LIMIT_MNT_CALLS) {
		query->done(query->context);
		return;
	}
	query->mounted = (struct mount_mnt_sink){ .version = MNT_VERSION };
	call(query, MOUNT_MNT,
	     (struct reply_sink){ mount_take_mnt, &query->mounted });
}

static void unmount(struct mnt_query *query)
{
	query->unmounts = true;
	call(query, MOUNT_UMNT,
	     (struct reply_sink){ reply_sink_nothing, NULL });
}

static void keep_flavors(struct mnt_query *query)
{
	struct arena *arena = query->answer->arena;
	const struct mount_mnt_sink *mounted = &query->mounted;
	const char **names =
		arena_alloc_array(arena, mounted->flavor_count, sizeof(*names));

	for (uint32_t i = 0; i < mounted->flavor_count; i++)
		names[i] = auth_flavor_name(arena, mounted->flavors[i]);
	query->answer->flavors[query->next] =
		(struct export_flavors){ names, mounted->flavor_count };
}

static void replied(void *context, struct rpc_exchange *exchange)
{
	struct mnt_query *query = context;
	bool is_mounted = !query->unmounts &&
			  exchange->state == EXCHANGE_DONE &&
			  !query->mounted.status;

	if (exchange->state != EXCHANGE_DONE) {
		query->done(query->context);
		return;
	}
	if (is_mounted) {
		keep_flavors(query);
		unmount(query);
		return;
	}
	if (!query->unmounts)
		query->refused++;
	query->next++;
	mount_next(query);
}

static void failed(void *context, int error)
{
	struct mnt_query *query = context;

	(void)error;
	query->done(query->context);
}

struct mnt_query *mnt_query_begin(struct event_loop *loop,
				  struct server_answer *answer,
				  const struct mount_service *service,
				  const struct conversation_options *options,
				  bool *alive, void (*done)(void *context),
				  void *context)
{
	static const struct rpc_channel_events events = {
		.replied = replied,
		.failed = failed,
	};
	struct event_peer peer = {
		.transport = service->transport,
		.address = answer->address,
		.port = service->port,
		.from_reserved_port = options->reserved_port,
	};
	struct mnt_query *query = calloc(1, sizeof(*query));

	if (!query)
		arena_exhausted();
	*query = (struct mnt_query){
		.answer = answer,
		.done = done,
		.context = context,
	};
	answer->flavors = arena_alloc_array(
		answer->arena, answer->exports.count, sizeof(*answer->flavors));
	query->channel = rpc_channel_open(loop, &peer, &events, query, alive);
	mount_next(query);
	return query;
}

/* The exports that mountd did not tell of. */
static void note_missing(struct mnt_query *query)
{
	struct server_answer *answer = query->answer;
	/* of one that is still mounted the flavors are known */
	size_t asked = query->next + query->unmounts;
	size_t unasked = answer->exports.count - asked;

	if (query->refused)
		*ARRAY_ADD(answer->arena, &answer->notes) = arena_printf(
			answer->arena,
			"mountd let us mount %zu of %zu exports; of the others "
			"no security flavors are known",
			asked - query->refused, asked);
	if (unasked)
		*ARRAY_ADD(answer->arena, &answer->notes) = arena_printf(
			answer->arena,
			"%zu exports were not asked for their security flavors",
			unasked);
}

void mnt_query_end(struct mnt_query *query)
{
	if (!query)
		return;
	note_missing(query);
	rpc_channel_close(query->channel);
	strbuf_free(&query->arguments);
	free(query);
}
