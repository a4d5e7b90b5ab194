#include "port_query.h"

#include <stdlib.h>

#include "mount_protocol.h"
#include "rpc_limits.h"
#include "rpc_transport.h"
#include "rpcbind_protocol.h"

/* What is wanted, best first. MOUNT 1 and 2 are always served together, and
 * their lists are those of 3. */
static const struct wish {
	uint32_t version;
	enum event_transport transport;
} wishes[] = {
	{ 3, EVENT_TCP },
	{ 1, EVENT_TCP },
	{ 3, EVENT_UDP },
	{ 1, EVENT_UDP },
};

enum { WISHES = sizeof(wishes) / sizeof(*wishes) };

/* The versions of rpcbind that are tried, in order; 0 ends them. Portmap, which
 * is version 2, knows nothing of IPv6; the others tell only of the transport
 * that they are asked over (RFC 1833, section 2.2.1: the netid of a question is
 * ignored). */
enum { PORTMAP = 2, RPCBIND_VERSIONS = 4 };

static const uint32_t portmap_version[RPCBIND_VERSIONS] = { PORTMAP };
static const uint32_t tcp_versions[RPCBIND_VERSIONS] = { 4, 3, PORTMAP };
static const uint32_t ipv6_versions[RPCBIND_VERSIONS] = { 4, 3 };

/* One conversation with rpcbind, over one transport. */
struct asker {
	struct port_query *query;
	enum event_transport transport;
	struct rpc_channel *channel;
	const uint32_t *version; /* that is tried */
	unsigned wish;		 /* index of what is asked */
	bool begun, over;

	struct rpc_exchange exchange;
	struct strbuf arguments;
	struct rpcbind_sink sink;
};

struct port_query {
	struct event_loop *loop;
	struct arena *arena;
	struct ip_address address;
	const struct conversation_options *options;
	bool *alive;
	void (*done)(void *context);
	void *context;
	struct port_answer answer;
	struct asker askers[2]; /* by enum event_transport */
};

static bool is_udp_only(const struct conversation_options *options)
{
	return options->udp && !options->tcp;
}

static bool is_tcp_only(const struct conversation_options *options)
{
	return options->tcp && !options->udp;
}

static bool is_wanted(const struct asker *asker, const struct wish *wish)
{
	const struct conversation_options *options = asker->query->options;

	if (wish->transport == EVENT_TCP ? is_udp_only(options)
					 : is_tcp_only(options))
		return false;
	if (*asker->version != PORTMAP && wish->transport != asker->transport)
		return false;
	/* a version that is asked for replaces the first choice */
	return !options->mount_version || wish->version == 3;
}

static bool next_wish(struct asker *asker)
{
	while (asker->wish < WISHES && !is_wanted(asker, &wishes[asker->wish]))
		asker->wish++;
	return asker->wish < WISHES;
}

static uint32_t wished_version(const struct asker *asker)
{
	unsigned chosen = asker->query->options->mount_version;

	return chosen ? chosen : wishes[asker->wish].version;
}

static void ask(struct asker *asker)
{
	struct rpcbind_question question = {
		.rpcbind_version = *asker->version,
		.program = MOUNT_PROGRAM,
		.version = wished_version(asker),
		.transport = wishes[asker->wish].transport,
		.family = asker->query->address.family,
	};
	struct rpc_call call;

	strbuf_clear(&asker->arguments);
	call = rpcbind_call(&question, &asker->arguments);
	asker->sink.rpcbind_version = *asker->version;
	rpc_exchange_begin(&asker->exchange, asker->query->arena, &call,
			   (struct reply_sink){ rpcbind_take, &asker->sink },
			   LIMIT_SMALL_REPLY_BYTES);
	rpc_channel_call(asker->channel, &asker->exchange);
}

/* What is worth more to people when both transports fail. */
static bool says_more(enum answer_status status, enum answer_status than)
{
	static const unsigned char weights[ANSWER_STATUSES] = {
		[ANSWER_TIMEOUT] = 1, [ANSWER_UNREACHABLE] = 2,
		[ANSWER_REFUSED] = 3, [ANSWER_PROTOCOL_ERROR] = 4,
		[ANSWER_DENIED] = 5,
	};

	return weights[status] > weights[than];
}

/* An asker has failed; with the last of them so has the query. */
static void give_up(struct asker *asker, struct query_result result)
{
	struct port_query *query = asker->query;

	asker->over = true;
	rpc_channel_close(asker->channel);
	asker->channel = NULL;
	if (says_more(result.status, query->answer.result.status))
		query->answer.result = result;
	port_query_insist(query);
	for (size_t i = 0; i < 2; i++)
		if (query->askers[i].begun && !query->askers[i].over)
			return;
	query->done(query->context);
}

static void succeed(struct asker *asker)
{
	struct port_query *query = asker->query;
	const struct rpcbind_answer *answer = &asker->sink.answer;

	query->answer = (struct port_answer){
		.result.status = ANSWER_OK,
		.port = answer->port,
		.version = wished_version(asker),
		.transport = wishes[asker->wish].transport,
		.over_udp = query->answer.over_udp,
	};
	if (answer->address.family != IP_NONE &&
	    !ip_address_equal(answer->address, query->address))
		query->answer.named = answer->address;
	query->done(query->context);
}

/* A newer rpcbind knows nothing; portmap may know of the other transport. */
static bool ask_portmap(struct asker *asker)
{
	if (*asker->version == PORTMAP || asker->query->address.family == IP_V6)
		return false;
	while (*asker->version != PORTMAP)
		asker->version++;
	asker->wish = 0;
	return next_wish(asker);
}

static void take_answer(struct asker *asker)
{
	struct port_query *query = asker->query;
	struct query_result none = { ANSWER_NO_MOUNT_SERVICE,
				     "the MOUNT service is not registered" };
	struct query_result bad = { ANSWER_PROTOCOL_ERROR,
				    "rpcbind names a port that is none" };

	if (asker->sink.answer.port) {
		succeed(asker);
		return;
	}
	if (asker->sink.answer.is_bad) {
		give_up(asker, bad);
		return;
	}
	asker->wish++;
	if (next_wish(asker) || ask_portmap(asker)) {
		ask(asker);
		return;
	}
	query->answer.result = none;
	query->done(query->context);
}

/* rpcbind has answered, but not the question. */
static void take_refusal(struct asker *asker)
{
	const struct rpc_reply *reply = &asker->exchange.reply;
	struct query_result result =
		query_result_of_reply(asker->query->arena, "rpcbind", reply);

	if ((reply->kind == RPC_REPLY_PROG_MISMATCH ||
	     reply->kind == RPC_REPLY_PROC_UNAVAIL) &&
	    asker->version[1]) {
		asker->version++;
		ask(asker);
		return;
	}
	if (result.status != ANSWER_DENIED)
		result.status = ANSWER_PROTOCOL_ERROR;
	give_up(asker, result);
}

static void replied(void *context, struct rpc_exchange *exchange)
{
	struct asker *asker = context;
	struct query_result bad = { ANSWER_PROTOCOL_ERROR,
				    "what rpcbind sends is no answer" };

	asker->query->answer.over_udp |= asker->transport == EVENT_UDP;
	if (exchange->state == EXCHANGE_DONE)
		take_answer(asker);
	else if (exchange->state == EXCHANGE_ANSWERED)
		take_refusal(asker);
	else
		give_up(asker, bad);
}

static void failed(void *context, int error)
{
	struct asker *asker = context;

	give_up(asker,
		query_result_of_errno(asker->query->arena, "rpcbind", error));
}

static const struct rpc_channel_events channel_events = {
	.replied = replied,
	.failed = failed,
};

static void begin(struct port_query *query, enum event_transport transport)
{
	struct asker *asker = &query->askers[transport];
	struct event_peer peer = {
		.transport = transport,
		.address = query->address,
		.port = query->options->rpcbind_port,
		.from_reserved_port = query->options->reserved_port,
	};

	if (asker->begun)
		return;
	asker->begun = true;
	asker->query = query;
	asker->transport = transport;
	asker->version =
		transport == EVENT_TCP ? tcp_versions : portmap_version;
	if (query->address.family == IP_V6)
		asker->version = ipv6_versions;
	next_wish(asker);
	asker->channel = rpc_channel_open(query->loop, &peer, &channel_events,
					  asker, query->alive);
	ask(asker);
}

/* Over IPv6 there is no question over UDP for a port of TCP. */
static bool begins_over_tcp(const struct port_query *query)
{
	return is_tcp_only(query->options) ||
	       (query->address.family == IP_V6 && !is_udp_only(query->options));
}

struct port_query *port_query_begin(struct event_loop *loop,
				    struct arena *arena,
				    struct ip_address address,
				    const struct conversation_options *options,
				    bool *alive, void (*done)(void *context),
				    void *context)
{
	struct port_query *query = calloc(1, sizeof(*query));

	if (!query)
		arena_exhausted();
	*query = (struct port_query){
		.loop = loop,
		.arena = arena,
		.address = address,
		.options = options,
		.alive = alive,
		.done = done,
		.context = context,
		.answer.result = { ANSWER_TIMEOUT, "rpcbind does not answer" },
	};
	begin(query, begins_over_tcp(query) ? EVENT_TCP : EVENT_UDP);
	return query;
}

void port_query_insist(struct port_query *query)
{
	if (!is_udp_only(query->options))
		begin(query, EVENT_TCP);
}

const struct port_answer *port_query_answer(const struct port_query *query)
{
	return &query->answer;
}

void port_query_end(struct port_query *query)
{
	if (!query)
		return;
	for (size_t i = 0; i < 2; i++) {
		rpc_channel_close(query->askers[i].channel);
		strbuf_free(&query->askers[i].arguments);
	}
	free(query);
}
