#include "capability_query.h"

#include <stdlib.h>

#include "mount_protocol.h"
#include "rpc_limits.h"
#include "rpc_transport.h"
#include "rpcbind_protocol.h"
#include "xdr_encode.h"

enum {
	NFS_PROGRAM = 100003,
	PORTMAP = 2, /* the version of rpcbind that all know */
	NULL_PROCEDURE = 0,
	NFS4_COMPOUND = 1,
	NFS4_MINORS = 3, /* 4.0 to 4.2 */
	LINES_MAX = 12,
	CHECKS_MAX = 8, /* of a line */
};

/* One call, and what an answer to it shows. */
struct check {
	uint32_t program, version;
	uint32_t minor; /* of NFSv4, when is_minor */
	bool is_minor, is_tls;
};

/* Calls to one port, one after the other. */
struct line {
	struct capability_query *query;
	enum event_transport transport;
	uint16_t port;
	struct check checks[CHECKS_MAX];
	unsigned count, next;

	struct rpc_channel *channel;
	struct rpc_exchange exchange;
	struct strbuf arguments;
	uint32_t compound_status;
};

struct capability_query {
	struct event_loop *loop;
	struct server_answer *answer;
	const struct conversation_options *options;
	bool *alive;
	void (*done)(void *context);
	void *context;
	struct event_timer *deadline;
	struct probe_facts *facts;

	struct rpc_channel *rpcbind;
	struct rpc_exchange dump;
	struct rpcbind_dump_sink registered;

	struct line lines[LINES_MAX];
	unsigned line_count, lines_begun;
	unsigned under_way; /* lines, and the question to rpcbind */
};

static struct event_peer peer_at(const struct capability_query *query,
				 enum event_transport transport, uint16_t port)
{
	return (struct event_peer){
		.transport = transport,
		.address = query->answer->address,
		.port = port,
		.from_reserved_port = query->options->reserved_port,
	};
}

static struct line *line_to(struct capability_query *query,
			    enum event_transport transport, uint16_t port)
{
	struct line *line;

	for (unsigned i = 0; i < query->line_count; i++)
		if (query->lines[i].transport == transport &&
		    query->lines[i].port == port)
			return &query->lines[i];
	if (query->line_count == LINES_MAX)
		return NULL;
	line = &query->lines[query->line_count++];
	line->query = query;
	line->transport = transport;
	line->port = port;
	return line;
}

static bool is_same(const struct check *a, const struct check *b)
{
	return a->program == b->program && a->version == b->version &&
	       a->is_minor == b->is_minor && a->minor == b->minor &&
	       a->is_tls == b->is_tls;
}

static void add_check(struct line *line, struct check check)
{
	if (!line || line->count == CHECKS_MAX)
		return;
	for (unsigned i = 0; i < line->count; i++)
		if (is_same(&line->checks[i], &check))
			return;
	line->checks[line->count++] = check;
}

static void add_registered(struct capability_query *query)
{
	for (size_t i = 0; i < query->registered.count; i++) {
		const struct rpcbind_mapping *mapping =
			&query->registered.mappings[i];

		if (mapping->version && mapping->version <= 4)
			add_check(
				line_to(query, mapping->transport,
					mapping->port),
				(struct check){ .program = mapping->program,
						.version = mapping->version });
	}
}

/* NFS may be there without being registered, and is the same line then.
 * STARTTLS needs a connection of its own, since the server then waits for a
 * handshake. */
static void add_nfs(struct capability_query *query)
{
	struct line *tcp = line_to(query, EVENT_TCP, query->options->nfs_port);
	struct line *tls;

	for (uint32_t version = 2; version <= 4; version++)
		add_check(tcp, (struct check){ .program = NFS_PROGRAM,
					       .version = version });
	for (uint32_t minor = 0; minor < NFS4_MINORS; minor++)
		add_check(tcp, (struct check){ .program = NFS_PROGRAM,
					       .version = 4,
					       .minor = minor,
					       .is_minor = true });
	if (query->line_count == LINES_MAX)
		return;
	tls = &query->lines[query->line_count++];
	tls->query = query;
	tls->transport = EVENT_TCP;
	tls->port = query->options->nfs_port;
	add_check(tls, (struct check){ .program = NFS_PROGRAM,
				       .version = 4,
				       .is_tls = true });
}

static void add_mount_port(struct capability_query *query)
{
	struct line *line;

	if (!query->options->mount_port)
		return;
	line = line_to(query, EVENT_TCP, query->options->mount_port);
	for (uint32_t version = 1; version <= 3; version++)
		add_check(line, (struct check){ .program = MOUNT_PROGRAM,
						.version = version });
}

/* Who was heard over TCP first, as where a datagram is lost, is asked whether
 * it answers over UDP, too. */
static void add_rpcbind(struct capability_query *query)
{
	const struct server_answer *answer = query->answer;

	if (!answer->rpcbind_udp && answer->address.family != IP_V6)
		add_check(
			line_to(query, EVENT_UDP, query->options->rpcbind_port),
			(struct check){ .program = RPCBIND_PROGRAM,
					.version = PORTMAP });
}

static enum sink_need take_compound_status(void *context, struct str message,
					   size_t results, bool complete)
{
	struct line *line = context;
	struct xdr_reader reader;

	xdr_reader_init(&reader, message.data + results,
			message.length - results);
	if (!xdr_read_u32(&reader, &line->compound_status))
		return sink_need_of(&reader, complete);
	return SINK_DONE;
}

/* A COMPOUND without operations (RFC 7530, section 16.2). */
static struct rpc_call empty_compound(struct line *line, uint32_t minor)
{
	const struct conversation_options *options = line->query->options;

	strbuf_clear(&line->arguments);
	xdr_write_bytes(&line->arguments, STR("")); /* tag */
	xdr_write_u32(&line->arguments, minor);
	xdr_write_u32(&line->arguments, 0); /* operations */
	return (struct rpc_call){
		.program = NFS_PROGRAM,
		.version = 4,
		.procedure = NFS4_COMPOUND,
		.credential = RPC_CREDENTIAL_SYS,
		.uid = options->uid,
		.gid = options->gid,
		.arguments = strbuf_str(&line->arguments),
	};
}

static struct rpc_call call_of(struct line *line, const struct check *check)
{
	if (check->is_minor)
		return empty_compound(line, check->minor);
	return (struct rpc_call){
		.program = check->program,
		.version = check->version,
		.procedure = NULL_PROCEDURE,
		.credential = check->is_tls ? RPC_CREDENTIAL_TLS
					    : RPC_CREDENTIAL_NONE,
	};
}

static void one_is_over(struct capability_query *query)
{
	if (--query->under_way == 0)
		query->done(query->context);
}

static void end_line(struct line *line)
{
	rpc_channel_close(line->channel);
	line->channel = NULL;
	one_is_over(line->query);
}

static void make_next_call(struct line *line)
{
	const struct check *check = &line->checks[line->next];
	struct reply_sink sink = { check->is_minor ? take_compound_status
						   : reply_sink_nothing,
				   line };
	struct rpc_call call;

	if (line->next == line->count) {
		end_line(line);
		return;
	}
	call = call_of(line, check);
	rpc_exchange_begin(&line->exchange, line->query->answer->arena, &call,
			   sink, LIMIT_SMALL_REPLY_BYTES);
	rpc_channel_call(line->channel, &line->exchange);
}

/* The positive answer is a verifier of flavor 0 with eight letters (RFC 9289,
 * section 4.1). */
static enum probe_tls tls_of(const struct rpc_exchange *exchange)
{
	static const char token[] = "STARTTLS";
	const struct rpc_reply *reply = &exchange->reply;

	if (exchange->state == EXCHANGE_ANSWERED &&
	    reply->kind == RPC_REPLY_AUTH_ERROR)
		return PROBE_TLS_REFUSED;
	if (exchange->state == EXCHANGE_DONE && !reply->verifier_flavor &&
	    reply->verifier_length == sizeof(token) - 1 &&
	    !memcmp(reply->verifier, token, sizeof(token) - 1))
		return PROBE_TLS_OFFERED;
	return PROBE_TLS_NOT_UNDERSTOOD;
}

static void note_fact(struct line *line, const struct check *check)
{
	struct probe_facts *facts = line->query->facts;

	if (check->program == RPCBIND_PROGRAM) {
		line->query->answer->rpcbind_udp = true;
		return;
	}
	if (check->is_tls) {
		facts->tls = tls_of(&line->exchange);
		return;
	}
	if (line->exchange.state != EXCHANGE_DONE)
		return;
	if (check->is_minor) {
		if (!line->compound_status)
			facts->nfs4_minors |= (uint16_t)(1 << check->minor);
		return;
	}
	if (check->program == MOUNT_PROGRAM)
		facts->mount_versions |= (uint16_t)(1 << check->version);
	else
		facts->nfs_versions |= (uint16_t)(1 << check->version);
	if (line->transport == EVENT_TCP)
		facts->tcp = true;
	else
		facts->udp = true;
	facts->nfs_udp |=
		line->transport == EVENT_UDP && check->program == NFS_PROGRAM;
}

static void line_replied(void *context, struct rpc_exchange *exchange)
{
	struct line *line = context;

	note_fact(line, &line->checks[line->next++]);
	if (exchange->state == EXCHANGE_BAD ||
	    exchange->state == EXCHANGE_TOO_LARGE)
		end_line(line);
	else
		make_next_call(line);
}

static void line_connected(void *context)
{
	struct line *line = context;

	if (line->checks[0].is_tls)
		line->query->facts->tls = PROBE_TLS_NOT_UNDERSTOOD;
}

static void line_failed(void *context, int error)
{
	(void)error;
	end_line(context);
}

static void start_lines(struct capability_query *query)
{
	static const struct rpc_channel_events events = {
		.connected = line_connected,
		.replied = line_replied,
		.failed = line_failed,
	};

	while (query->lines_begun < query->line_count) {
		struct line *line = &query->lines[query->lines_begun++];
		struct event_peer peer =
			peer_at(query, line->transport, line->port);

		query->under_way++;
		line->channel = rpc_channel_open(query->loop, &peer, &events,
						 line, query->alive);
		make_next_call(line);
	}
}

static void end_dump(struct capability_query *query)
{
	rpc_channel_close(query->rpcbind);
	query->rpcbind = NULL;
	add_registered(query);
	start_lines(query);
	one_is_over(query);
}

static void ask_rpcbind(struct capability_query *query, uint32_t version)
{
	struct rpc_call call = {
		.program = RPCBIND_PROGRAM,
		.version = version,
		.procedure = RPCBIND_DUMP,
	};

	query->registered = (struct rpcbind_dump_sink){
		.rpcbind_version = version,
		.family = query->answer->address.family,
		.programs = { NFS_PROGRAM, MOUNT_PROGRAM },
	};
	rpc_exchange_begin(
		&query->dump, query->answer->arena, &call,
		(struct reply_sink){ rpcbind_take_dump, &query->registered },
		LIMIT_RPCBIND_DUMP_BYTES);
	rpc_channel_call(query->rpcbind, &query->dump);
}

static void dump_replied(void *context, struct rpc_exchange *exchange)
{
	struct capability_query *query = context;
	uint32_t version = query->registered.rpcbind_version;

	if (exchange->state == EXCHANGE_DONE)
		query->facts->rpcbind_list = (uint32_t)exchange->message.count;
	if (exchange->state == EXCHANGE_ANSWERED &&
	    exchange->reply.kind == RPC_REPLY_PROG_MISMATCH && version > 2)
		ask_rpcbind(query, version - 1);
	else
		end_dump(query);
}

static void dump_failed(void *context, int error)
{
	(void)error;
	end_dump(context);
}

static void time_is_over(void *context)
{
	struct capability_query *query = context;

	query->deadline = NULL;
	query->done(query->context);
}

struct capability_query *
capability_query_begin(struct event_loop *loop, struct server_answer *answer,
		       const struct conversation_options *options, bool *alive,
		       void (*done)(void *context), void *context)
{
	static const struct rpc_channel_events events = {
		.replied = dump_replied,
		.failed = dump_failed,
	};
	struct capability_query *query = calloc(1, sizeof(*query));
	struct event_peer peer;

	if (!query)
		arena_exhausted();
	*query = (struct capability_query){
		.loop = loop,
		.answer = answer,
		.options = options,
		.alive = alive,
		.done = done,
		.context = context,
		.facts = arena_alloc(answer->arena, sizeof(*query->facts)),
	};
	answer->probe = query->facts;
	query->deadline = event_loop_after(loop, LIMIT_CAPABILITY_MS,
					   time_is_over, query);
	peer = peer_at(query, EVENT_TCP, options->rpcbind_port);
	query->rpcbind = rpc_channel_open(loop, &peer, &events, query, alive);
	query->under_way = 1;
	ask_rpcbind(query, 4);
	add_nfs(query);
	add_mount_port(query);
	add_rpcbind(query);
	start_lines(query);
	return query;
}

void capability_query_end(struct capability_query *query)
{
	if (!query)
		return;
	event_timer_cancel(query->deadline);
	rpc_channel_close(query->rpcbind);
	for (unsigned i = 0; i < query->line_count; i++) {
		rpc_channel_close(query->lines[i].channel);
		strbuf_free(&query->lines[i].arguments);
	}
	free(query);
}
