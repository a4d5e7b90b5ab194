#include "showmount_query.h"

#include <netdb.h>

#include "conversation_options.h"
#include "mount_protocol.h"
#include "rpc_limits.h"
#include "rpcbind_protocol.h"
#include "tirpc_client.h"

/* The ways to the service, in the order of /etc/netconfig. */
static const struct way {
	enum event_transport transport;
	enum ip_family family;
} ways[] = {
	{ EVENT_TCP, IP_V4 },
	{ EVENT_TCP, IP_V6 },
	{ EVENT_UDP, IP_V4 },
	{ EVENT_UDP, IP_V6 },
};

enum {
	WAYS = sizeof(ways) / sizeof(*ways),
	RPCBIND_NEWEST = 4,
	RPCBIND_OLDEST = 3,
	PORTMAP = 2,
	MOUNT_NEWEST = 3,
	ID_NOBODY = 65534,
};

/* What clnt_create(3) leaves in rpc_createerr. */
struct create_error {
	enum clnt_stat stat;
	struct rpc_err error;
};

struct query {
	struct event_loop *loop;
	struct arena *arena;
	const struct showmount_question *question;
	struct showmount_result *result;
	ARRAY(struct ip_address) addresses;

	unsigned way;	  /* index into ways */
	size_t address;	  /* index into addresses, of the way's family */
	bool is_at_mount; /* client leads to the MOUNT service */
	struct create_error error; /* of the last way */
	struct create_error saved; /* the last one that says something */

	struct tirpc_client client;
	struct event_timer *deadline; /* of all */
	struct rpcbind_question where;
	struct rpcbind_sink port;
	struct strbuf arguments; /* of the question to rpcbind */
	uint32_t mount_version;
	enum rpc_credential credential; /* for MOUNT */
	struct mount_list_sink list;
};

static void try_address(struct query *query);

static void end_query(struct query *query)
{
	tirpc_client_close(&query->client);
	event_loop_stop(query->loop);
}

/* A host or an address that is not known says the least of all. */
static bool says_little(enum clnt_stat stat)
{
	return stat == RPC_UNKNOWNHOST || stat == RPC_N2AXLATEFAILURE;
}

static void end_without_service(struct query *query)
{
	const struct create_error *error = &query->error;

	if (says_little(error->stat) && query->saved.stat != RPC_SUCCESS)
		error = &query->saved;
	query->result->create_stat = error->stat;
	query->result->error = error->error;
	end_query(query);
}

/* Takes query->way, as a call of clnt_create(3) for TCP or for UDP begins with
 * no error. */
static void try_way(struct query *query)
{
	if (query->way == WAYS) {
		end_without_service(query);
		return;
	}
	if (!query->way ||
	    ways[query->way].transport != ways[query->way - 1].transport) {
		query->error = (struct create_error){ 0 };
		query->saved = (struct create_error){ 0 };
	}
	query->address = 0;
	try_address(query);
}

static void next_way(struct query *query)
{
	tirpc_client_close(&query->client);
	if (!says_little(query->error.stat))
		query->saved = query->error;
	query->way++;
	try_way(query);
}

static void give_way_up(struct query *query, enum clnt_stat stat,
			const struct rpc_err *error)
{
	query->error = (struct create_error){ .stat = stat };
	if (error)
		query->error.error = *error;
	next_way(query);
}

static struct event_peer peer_at(const struct query *query,
				 enum event_transport transport, uint16_t port)
{
	return (struct event_peer){
		.transport = transport,
		.address = query->addresses.items[query->address],
		.port = port,
	};
}

static void ask_mount(struct query *query)
{
	bool exports = query->question->exports;
	struct rpc_call call = {
		.program = query->question->program,
		.version = query->mount_version,
		.procedure = exports ? MOUNT_EXPORT : MOUNT_DUMP,
		.credential = query->credential,
		.uid = ID_NOBODY,
		.gid = ID_NOBODY,
	};
	struct reply_sink sink = {
		.take = exports ? mount_take_exports : mount_take_mounts,
		.context = &query->list,
	};

	tirpc_client_call(&query->client, query->arena, &call, sink,
			  LIMIT_REPLY_BYTES, LIMIT_SHOWMOUNT_LIST_MS);
}

/* Whether what was refused is worth another try. */
static bool can_ask_again(struct query *query, const struct rpc_err *error)
{
	if (error->re_status == RPC_AUTHERROR &&
	    query->credential == RPC_CREDENTIAL_NONE) {
		query->credential = RPC_CREDENTIAL_SYS;
		return true;
	}
	return error->re_status == RPC_PROGVERSMISMATCH &&
	       --query->mount_version > 0;
}

static void mount_returned(void *context, const struct rpc_err *error)
{
	struct query *query = context;
	const struct rpc_exchange *exchange = &query->client.exchange;

	if (can_ask_again(query, error)) {
		ask_mount(query);
		return;
	}
	query->result->found = true;
	query->result->error = *error;
	query->result->is_cut = exchange->state == EXCHANGE_TOO_LARGE;
	query->result->list.bytes = (struct str){ exchange->message.items,
						  exchange->message.count };
	end_query(query);
}

static void mount_unconnected(void *context)
{
	give_way_up(context, RPC_SYSTEMERROR, NULL);
}

static const struct tirpc_client_events mount_events = {
	.returned = mount_returned,
	.unconnected = mount_unconnected,
};

static void go_to_mount(struct query *query, uint16_t port)
{
	struct event_peer peer =
		peer_at(query, ways[query->way].transport, port);

	tirpc_client_close(&query->client);
	query->is_at_mount = true;
	query->mount_version = MOUNT_NEWEST;
	tirpc_client_open(&query->client, query->loop, &peer, &mount_events,
			  query);
	ask_mount(query);
}

static void ask_rpcbind(struct query *query, uint32_t version)
{
	struct reply_sink sink = { rpcbind_take, &query->port };
	struct rpc_call call;

	query->where = (struct rpcbind_question){
		.rpcbind_version = version,
		.program = query->question->program,
		.version = MOUNT_NEWEST,
		.transport = ways[query->way].transport,
		.family = ways[query->way].family,
	};
	query->port = (struct rpcbind_sink){ .rpcbind_version = version };
	strbuf_clear(&query->arguments);
	call = rpcbind_call(&query->where, &query->arguments);
	tirpc_client_call(&query->client, query->arena, &call, sink,
			  LIMIT_SMALL_REPLY_BYTES, LIMIT_SHOWMOUNT_RPCBIND_MS);
}

static void take_port(struct query *query)
{
	const struct rpcbind_answer *answer = &query->port.answer;

	if (answer->port)
		go_to_mount(query, answer->port);
	else
		give_way_up(query,
			    answer->is_bad ? RPC_N2AXLATEFAILURE
					   : RPC_PROGNOTREGISTERED,
			    NULL);
}

static void portmap_returned(void *context, const struct rpc_err *error)
{
	if (error->re_status == RPC_SUCCESS)
		take_port(context);
	else
		give_way_up(context, RPC_PMAPFAILURE, error);
}

static const struct tirpc_client_events portmap_events = {
	.returned = portmap_returned,
};

/* Portmap knows IPv4 only, and some of its servers UDP only. */
static void ask_portmap(struct query *query)
{
	struct event_peer peer;

	if (ways[query->way].family != IP_V4) {
		give_way_up(query, RPC_PROGNOTREGISTERED, NULL);
		return;
	}
	peer = peer_at(query, EVENT_UDP, PORT_RPCBIND);
	tirpc_client_close(&query->client);
	tirpc_client_open(&query->client, query->loop, &peer, &portmap_events,
			  query);
	ask_rpcbind(query, PORTMAP);
}

static void ask_older_rpcbind(struct query *query)
{
	uint32_t version = query->where.rpcbind_version;

	if (version > RPCBIND_OLDEST)
		ask_rpcbind(query, version - 1);
	else
		ask_portmap(query);
}

static void rpcbind_returned(void *context, const struct rpc_err *error)
{
	struct query *query = context;

	switch (error->re_status) {
	case RPC_SUCCESS:
		take_port(query);
		break;
	case RPC_PROGVERSMISMATCH:
		/* one that is newer than all that we know: libtirpc gives up,
		 * and leaves the error that was there */
		if (error->re_vers.low > RPCBIND_NEWEST)
			next_way(query);
		else
			ask_older_rpcbind(query);
		break;
	case RPC_PROGUNAVAIL:
	case RPC_CANTDECODEARGS:
		ask_older_rpcbind(query);
		break;
	default:
		give_way_up(query, error->re_status, error);
	}
}

static void rpcbind_unconnected(void *context)
{
	struct query *query = context;

	tirpc_client_close(&query->client);
	query->error = (struct create_error){ .stat = RPC_SYSTEMERROR };
	query->address++;
	try_address(query);
}

static const struct tirpc_client_events rpcbind_events = {
	.returned = rpcbind_returned,
	.unconnected = rpcbind_unconnected,
};

/* Takes query->address, or the next one that is of the way's family. */
static void try_address(struct query *query)
{
	struct event_peer peer;
	bool first = query->address == 0;

	while (query->address < query->addresses.count &&
	       query->addresses.items[query->address].family !=
		       ways[query->way].family)
		query->address++;
	if (query->address == query->addresses.count) {
		if (first)
			query->error.stat = RPC_UNKNOWNHOST;
		next_way(query);
		return;
	}
	query->is_at_mount = false;
	peer = peer_at(query, ways[query->way].transport, PORT_RPCBIND);
	tirpc_client_open(&query->client, query->loop, &peer, &rpcbind_events,
			  query);
	ask_rpcbind(query, RPCBIND_NEWEST);
}

static void looked_up(void *context, int error, const struct addrinfo *list)
{
	struct query *query = context;
	struct ip_address address;

	for (; !error && list; list = list->ai_next)
		if (ip_address_of_socket(list->ai_addr, &address))
			*ARRAY_ADD(query->arena, &query->addresses) = address;
	try_way(query);
}

static void deadline_passed(void *context)
{
	struct query *query = context;
	bool has_address = query->addresses.count > 0;

	query->deadline = NULL;
	query->result->found = query->is_at_mount;
	query->result->create_stat =
		has_address ? RPC_TIMEDOUT : RPC_UNKNOWNHOST;
	query->result->error.re_status = RPC_TIMEDOUT;
	end_query(query);
}

bool showmount_ask(struct arena *arena,
		   const struct showmount_question *question,
		   struct showmount_result *result, struct failure *failure)
{
	struct query query = {
		.arena = arena,
		.question = question,
		.result = result,
		.list = { .answer = &result->list,
			  .max_nodes = LIMIT_LIST_NODES },
	};

	*result = (struct showmount_result){ .list.arena = arena };
	if (!event_loop_open(&query.loop, failure))
		return false;
	query.deadline = event_loop_after(query.loop, LIMIT_SHOWMOUNT_MS,
					  deadline_passed, &query);
	event_loop_look_up(query.loop, question->host, looked_up, &query);
	event_loop_run(query.loop);
	event_loop_close(query.loop);
	strbuf_free(&query.arguments);
	return true;
}
