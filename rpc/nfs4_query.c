#include "nfs4_query.h"

#include <stdlib.h>
#include <sys/random.h>

#include "nfs4_walk.h"
#include "rpc_limits.h"
#include "rpc_transport.h"

enum {
	TEARDOWN_MS = 1000, /* for destroying a session, within the deadline */
	AUTH_BADCRED = 1,   /* RFC 5531, section 9 */
};

struct nfs4_query {
	struct event_loop *loop;
	struct server_answer *answer;
	const struct conversation_options *options;
	struct nfs4_walk *walk;
	struct query_result result;
	void (*done)(void *context);
	void (*ended)(void *context);
	void *context; /* of done, then of ended */

	struct rpc_channel *channel; /* NULL: the walk is over */
	bool *alive;
	bool is_alive; /* the same, for the channel, which may outlive it */
	struct rpc_exchange exchange;
	struct arena *exchange_arena; /* of the call that is out, or NULL */
	struct nfs4_call call;
	/* before a call is made, and until it is given up; or NULL */
	struct event_timer *pause, *patience;
	unsigned grace;	 /* milliseconds left for destroying a session */
	bool is_ending;	 /* nfs4_query_end() was called */
	bool is_replied; /* the call that is out is over */
};

static void make_next_call(struct nfs4_query *query);

static void stop_timers(struct nfs4_query *query)
{
	event_timer_cancel(query->pause);
	event_timer_cancel(query->patience);
	query->pause = NULL;
	query->patience = NULL;
}

static void close_channel(struct nfs4_query *query)
{
	rpc_channel_close(query->channel);
	query->channel = NULL;
}

static void free_query(struct nfs4_query *query)
{
	stop_timers(query);
	close_channel(query);
	nfs4_walk_free(query->walk);
	arena_free(query->exchange_arena);
	free(query);
}

static void keep_list(struct nfs4_query *query)
{
	const struct nfs4_listing *listing = nfs4_walk_listing(query->walk);
	struct server_answer *answer = query->answer;

	answer->complete = listing->complete;
	answer->gives_list = listing->has_root || listing->exports.count;
	if (!answer->gives_list)
		return;
	answer->nfs4 = listing;
	answer->via = arena_printf(answer->arena, "nfs4.%u", listing->minor);
}

static void add_note(struct server_answer *answer, const char *note)
{
	*ARRAY_ADD(answer->arena, &answer->notes) = note;
}

static void add_notes(struct nfs4_query *query)
{
	struct server_answer *answer = query->answer;

	if (!answer->nfs4)
		return;
	if (answer->nfs4->root_is_export)
		add_note(answer, "the root is an export itself; others in it "
				 "are not looked for");
	if (answer->nfs4->foreign_names)
		add_note(answer,
			 arena_printf(answer->arena,
				      "%u names that no server may send are "
				      "left out",
				      answer->nfs4->foreign_names));
}

/* Nothing is left to do. */
static void finish(struct nfs4_query *query)
{
	void (*ended)(void *context) = query->ended;
	void *context = query->context;

	stop_timers(query);
	if (!query->is_ending) {
		query->result = nfs4_walk_result(query->walk);
		keep_list(query);
		/* whatever still comes, done is called once */
		close_channel(query);
		query->done(query->context);
		return;
	}
	free_query(query);
	if (ended)
		ended(context);
}

static enum sink_need wait_for_all(void *context, struct str message,
				   size_t results, bool complete)
{
	(void)context, (void)message, (void)results;
	return complete ? SINK_DONE : SINK_MORE;
}

static void send_call(void *context)
{
	struct nfs4_query *query = context;
	struct rpc_call call = {
		.program = NFS4_PROGRAM,
		.version = NFS4_VERSION,
		.procedure = NFS4_COMPOUND,
		.credential = RPC_CREDENTIAL_SYS,
		.uid = query->options->uid,
		.gid = query->options->gid,
		.arguments = query->call.arguments,
	};

	query->pause = NULL;
	arena_free(query->exchange_arena);
	query->exchange_arena = arena_new();
	query->is_replied = false;
	rpc_exchange_begin(&query->exchange, query->exchange_arena, &call,
			   (struct reply_sink){ wait_for_all, NULL },
			   LIMIT_NFS4_REPLY_BYTES);
	rpc_channel_call(query->channel, &query->exchange);
}

static void give_up(void *context)
{
	struct nfs4_query *query = context;

	query->patience = NULL;
	nfs4_walk_give_up(query->walk);
	make_next_call(query);
}

/* A server that does not answer the calls that destroy a session shall not keep
 * us long: each has half of the time that is left. */
static void be_patient(struct nfs4_query *query)
{
	if (!query->is_ending && !query->call.ends_state)
		return;
	query->grace /= 2;
	query->patience =
		event_loop_after(query->loop, query->grace, give_up, query);
}

static void make_next_call(struct nfs4_query *query)
{
	stop_timers(query);
	if (!query->channel || !nfs4_walk_next(query->walk, &query->call)) {
		finish(query);
		return;
	}
	be_patient(query);
	if (query->call.milliseconds)
		query->pause =
			event_loop_after(query->loop, query->call.milliseconds,
					 send_call, query);
	else
		send_call(query);
}

static struct str results_of(const struct nfs4_query *query)
{
	struct str message = { query->exchange.message.items,
			       query->exchange.message.count };

	return str_skip(message, query->exchange.reply.results);
}

static struct query_result refusal(struct nfs4_query *query)
{
	const struct rpc_reply *reply = &query->exchange.reply;

	if (reply->kind == RPC_REPLY_AUTH_ERROR &&
	    reply->auth_error == AUTH_BADCRED)
		return (struct query_result){
			ANSWER_DENIED,
			"the NFS server exports nothing, or nothing to us",
		};
	return query_result_of_reply(query->answer->arena, "NFSv4", reply);
}

static struct query_result trouble(struct nfs4_query *query)
{
	static const struct query_result results[] = {
		[EXCHANGE_BAD] = { ANSWER_PROTOCOL_ERROR,
				   "what the NFS server sends is no reply" },
		[EXCHANGE_TOO_LARGE] = { ANSWER_TOO_LARGE,
					 "a reply of the NFS server is larger "
					 "than the limit" },
	};

	if (query->exchange.state == EXCHANGE_ANSWERED)
		return refusal(query);
	return results[query->exchange.state];
}

/* What has come of a list, although its reply does not come to its end. */
static void keep_part(struct nfs4_query *query)
{
	if (!query->is_replied && query->exchange.has_reply &&
	    query->exchange.reply.kind == RPC_REPLY_SUCCESS)
		nfs4_walk_take_part(query->walk, results_of(query));
}

static void stop(struct nfs4_query *query, struct query_result result)
{
	keep_part(query);
	nfs4_walk_stop(query->walk, result);
	nfs4_walk_give_up(query->walk);
}

static void tell_alive(struct nfs4_query *query)
{
	if (query->is_alive && !query->is_ending)
		*query->alive = true;
}

static void connected(void *context)
{
	tell_alive(context);
}

static void replied(void *context, struct rpc_exchange *exchange)
{
	struct nfs4_query *query = context;

	tell_alive(query);
	if (exchange->state == EXCHANGE_DONE)
		nfs4_walk_take(query->walk, results_of(query));
	else if (query->is_ending)
		nfs4_walk_give_up(query->walk);
	else
		stop(query, trouble(query));
	query->is_replied = true;
	make_next_call(query);
}

static void failed(void *context, int error)
{
	struct nfs4_query *query = context;

	tell_alive(query);
	close_channel(query);
	if (!query->is_ending)
		stop(query,
		     query_result_of_errno(query->answer->arena, "NFS", error));
	finish(query);
}

static const struct rpc_channel_events channel_events = {
	.connected = connected,
	.replied = replied,
	.failed = failed,
};

static struct nfs4_walk *new_walk(struct server_answer *answer,
				  uint32_t exports_max)
{
	char owner[NFS4_OWNER];

	/* 24 bytes never block once the system is up */
	if (getrandom(owner, sizeof(owner), 0) != sizeof(owner))
		abort();
	return nfs4_walk_new(answer->arena, owner, exports_max);
}

struct nfs4_query *nfs4_query_begin(struct event_loop *loop,
				    struct server_answer *answer,
				    const struct conversation_options *options,
				    bool *alive, void (*done)(void *context),
				    void *context)
{
	struct event_peer peer = {
		.transport = EVENT_TCP,
		.address = answer->address,
		.port = options->nfs_port,
		.from_reserved_port = options->reserved_port,
	};
	struct nfs4_query *query = calloc(1, sizeof(*query));

	if (!query)
		arena_exhausted();
	*query = (struct nfs4_query){
		.loop = loop,
		.answer = answer,
		.options = options,
		.walk = new_walk(answer, options->max_nodes),
		.result = { ANSWER_TIMEOUT,
			    "the NFS server does not answer in time" },
		.done = done,
		.context = context,
		.alive = alive,
		.grace = TEARDOWN_MS,
	};
	query->channel = rpc_channel_open(loop, &peer, &channel_events, query,
					  &query->is_alive);
	make_next_call(query);
	return query;
}

const struct query_result *nfs4_query_result(const struct nfs4_query *query)
{
	return &query->result;
}

void nfs4_query_end(struct nfs4_query *query, void (*ended)(void *context),
		    void *context)
{
	bool waits_for_state;

	if (!query) {
		if (ended)
			ended(context);
		return;
	}
	waits_for_state =
		query->channel && query->call.makes_state && !query->is_replied;
	keep_part(query);
	nfs4_walk_stop(query->walk, query->result);
	keep_list(query);
	add_notes(query);
	query->is_ending = true;
	query->grace = LIMIT_GRACE_MS;
	query->ended = ended;
	query->context = context;
	stop_timers(query);
	if (waits_for_state)
		be_patient(query);
	else
		make_next_call(query);
}
