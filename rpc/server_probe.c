#include "server_probe.h"

#include <stdlib.h>

#include "mount_query.h"
#include "nfs4_query.h"
#include "port_query.h"
#include "rpc_limits.h"
#include "rpc_transport.h"
#include "server_details.h"

enum {
	SILENCE_MS = 300,  /* then other doors are tried, too */
	GIVE_UP_MS = 1200, /* without any sign of life */
};

struct server_probe {
	struct event_loop *loop;
	const struct conversation_options *options;
	struct server_answer *answer;
	void (*done)(void *context, struct server_answer *answer);
	void *context;
	uint64_t begun; /* by event_loop_now() */
	unsigned milliseconds;
	bool alive;

	struct event_timer *deadline, *patience;
	/* what is under way; NULL: is not */
	struct port_query *port;
	struct mount_query *mount;
	struct nfs4_query *nfs4;
	struct server_details *details;
	struct rpc_channel *knock; /* at the NFS port */
	bool ending;		   /* an answer is on its way to done */
	bool nfs_answers;	   /* the knock was heard */
	bool walked;		   /* NFSv4 was tried */

	struct query_result no_mount; /* why MOUNT gives no list */
	struct query_result list;     /* while details are asked */
	struct mount_service service; /* that gave the list; port 0: none */
};

static void port_done(void *context);
static void mount_done(void *context);
static void walk_done(void *context);

static void deliver(void *context)
{
	struct server_probe *probe = context;
	struct server_answer *answer = probe->answer;

	answer->milliseconds =
		(unsigned)(event_loop_now(probe->loop) - probe->begun);
	probe->done(probe->context, answer);
	free(probe);
}

static void end_port_query(struct server_probe *probe)
{
	if (probe->port)
		probe->answer->rpcbind_udp |=
			port_query_answer(probe->port)->over_udp;
	port_query_end(probe->port);
	probe->port = NULL;
}

static void end_mount_query(struct server_probe *probe)
{
	mount_query_end(probe->mount);
	probe->mount = NULL;
}

static void end_walk(void *context)
{
	struct server_probe *probe = context;

	nfs4_query_end(probe->nfs4, deliver, probe);
}

static void finish(struct server_probe *probe, struct query_result result)
{
	probe->ending = true;
	event_timer_cancel(probe->deadline);
	event_timer_cancel(probe->patience);
	end_port_query(probe);
	end_mount_query(probe);
	rpc_channel_close(probe->knock);
	probe->answer->status = result.status;
	probe->answer->error = result.error;
	server_details_end(probe->details, end_walk, probe);
}

static void details_done(void *context)
{
	struct server_probe *probe = context;

	finish(probe, probe->list);
}

/* The list is there, or there will be none. */
static void conclude(struct server_probe *probe, struct query_result result)
{
	if (!probe->options->probe || !probe->alive) {
		finish(probe, result);
		return;
	}
	probe->list = result;
	probe->details = server_details_begin(
		probe->loop, probe->answer,
		probe->service.port ? &probe->service : NULL, probe->options,
		&probe->alive, details_done, probe);
}

static void start_port_query(struct server_probe *probe)
{
	probe->port = port_query_begin(probe->loop, probe->answer->arena,
				       probe->answer->address, probe->options,
				       &probe->alive, port_done, probe);
}

static void start_mount_query(struct server_probe *probe,
			      struct mount_service service)
{
	probe->service = service;
	probe->mount = mount_query_begin(probe->loop, probe->answer, &service,
					 probe->options, &probe->alive,
					 mount_done, probe);
}

static void start_walk(struct server_probe *probe)
{
	probe->walked = true;
	probe->nfs4 =
		nfs4_query_begin(probe->loop, probe->answer, probe->options,
				 &probe->alive, walk_done, probe);
}

static bool may_walk(const struct server_probe *probe)
{
	return probe->options->via == VIA_AUTO &&
	       probe->options->ask == ASK_EXPORTS && !probe->walked;
}

static void add_note(struct server_answer *answer, const char *note)
{
	*ARRAY_ADD(answer->arena, &answer->notes) = note;
}

/* MOUNT gives no list: NFSv4 may. */
static void go_without_mount(struct server_probe *probe,
			     struct query_result why)
{
	probe->no_mount = why;
	if (may_walk(probe))
		start_walk(probe);
	else
		conclude(probe, why);
}

static void note_redirect(struct server_answer *answer, struct ip_address named)
{
	char text[IP_ADDRESS_TEXT];

	if (named.family != IP_NONE)
		add_note(answer,
			 arena_printf(answer->arena,
				      "rpcbind names another address, %s; only "
				      "the port was used",
				      ip_address_text(named, text)));
}

static void port_done(void *context)
{
	struct server_probe *probe = context;
	struct port_answer found = *port_query_answer(probe->port);

	end_port_query(probe);
	note_redirect(probe->answer, found.named);
	if (found.result.status == ANSWER_OK)
		start_mount_query(probe, (struct mount_service){
						 .port = found.port,
						 .transport = found.transport,
						 .version = found.version,
					 });
	else
		go_without_mount(probe, found.result);
}

static void mount_done(void *context)
{
	struct server_probe *probe = context;
	struct query_result result = *mount_query_result(probe->mount);

	end_mount_query(probe);
	if (probe->answer->gives_list ||
	    result.status == ANSWER_PROTOCOL_ERROR ||
	    result.status == ANSWER_TOO_LARGE)
		conclude(probe, result);
	else
		go_without_mount(probe, result);
}

/* Neither MOUNT nor NFSv4 gives a list. */
static struct query_result without_list(const struct server_probe *probe,
					struct query_result walk)
{
	struct query_result why = probe->no_mount;

	if (probe->options->via == VIA_NFS4)
		return walk;
	if (walk.status == ANSWER_DENIED)
		why.status = ANSWER_DENIED;
	why.error = arena_printf(probe->answer->arena, "%s; %s", why.error,
				 walk.error);
	return why;
}

static void walk_done(void *context)
{
	struct server_probe *probe = context;
	struct query_result result = *nfs4_query_result(probe->nfs4);

	if (probe->answer->gives_list || result.status == ANSWER_OK ||
	    result.status == ANSWER_TOO_LARGE) {
		if (probe->no_mount.error)
			add_note(probe->answer, probe->no_mount.error);
		conclude(probe, result);
		return;
	}
	if (probe->no_mount.status != ANSWER_TIMEOUT) {
		conclude(probe, without_list(probe, result));
		return;
	}
	/* rpcbind was only slow */
	nfs4_query_end(probe->nfs4, NULL, NULL);
	probe->nfs4 = NULL;
	start_port_query(probe);
	port_query_insist(probe->port);
}

static void knock_heard(void *context)
{
	struct server_probe *probe = context;

	probe->nfs_answers = true;
	rpc_channel_close(probe->knock);
	probe->knock = NULL;
}

static void knock_failed(void *context, int error)
{
	struct server_probe *probe = context;

	(void)error;
	rpc_channel_close(probe->knock);
	probe->knock = NULL;
}

/* Tries whether anything at all answers at the NFS port. */
static void knock(struct server_probe *probe)
{
	static const struct rpc_channel_events events = {
		.connected = knock_heard,
		.failed = knock_failed,
	};
	struct event_peer peer = {
		.transport = EVENT_TCP,
		.address = probe->answer->address,
		.port = probe->options->nfs_port,
	};

	probe->knock = rpc_channel_open(probe->loop, &peer, &events, probe,
					&probe->alive);
}

static void wait_until(struct server_probe *probe, unsigned milliseconds,
		       void (*callback)(void *context))
{
	unsigned passed =
		(unsigned)(event_loop_now(probe->loop) - probe->begun);

	probe->patience = event_loop_after(
		probe->loop, milliseconds > passed ? milliseconds - passed : 0,
		callback, probe);
}

/* Half of the time has passed, and rpcbind says nothing. */
static void rpcbind_is_silent(void *context)
{
	struct server_probe *probe = context;

	probe->patience = NULL;
	if (!probe->port || !probe->nfs_answers || !may_walk(probe))
		return;
	probe->no_mount = port_query_answer(probe->port)->result;
	end_port_query(probe);
	start_walk(probe);
}

static void no_sign_of_life(struct server_probe *probe)
{
	finish(probe,
	       (struct query_result){ ANSWER_UNREACHABLE, "no sign of life" });
}

static void is_dead_or_slow(void *context)
{
	struct server_probe *probe = context;

	probe->patience = NULL;
	if (!probe->alive && !probe->options->patient)
		no_sign_of_life(probe);
	else
		wait_until(probe, probe->milliseconds / 2, rpcbind_is_silent);
}

/* When we are late ourselves, an answer may wait to be read. */
static void may_be_dead(void *context)
{
	struct server_probe *probe = context;

	probe->patience =
		event_loop_after(probe->loop, 0, is_dead_or_slow, probe);
}

static void is_silent(void *context)
{
	struct server_probe *probe = context;

	probe->patience = NULL;
	if (probe->port)
		port_query_insist(probe->port);
	if (!probe->alive || probe->port)
		knock(probe);
	wait_until(probe, GIVE_UP_MS, may_be_dead);
}

static void time_is_over(void *context)
{
	struct server_probe *probe = context;
	struct query_result result = { ANSWER_TIMEOUT, NULL };

	probe->deadline = NULL;
	if (probe->details) {
		details_done(probe);
		return;
	}
	if (!probe->alive) {
		no_sign_of_life(probe);
		return;
	}
	if (probe->port) /* one transport may have failed before */
		result = port_query_answer(probe->port)->result;
	else if (probe->mount)
		result.error = mount_query_result(probe->mount)->error;
	else
		result.error = nfs4_query_result(probe->nfs4)->error;
	finish(probe, result);
}

static void start(struct server_probe *probe)
{
	const struct conversation_options *options = probe->options;

	if (options->via == VIA_NFS4)
		start_walk(probe);
	else if (options->mount_port)
		start_mount_query(
			probe,
			(struct mount_service){
				.port = options->mount_port,
				.transport = options->udp && !options->tcp
						     ? EVENT_UDP
						     : EVENT_TCP,
				.version = options->mount_version
						   ? options->mount_version
						   : 3,
			});
	else
		start_port_query(probe);
}

struct server_probe *
server_probe_begin(struct event_loop *loop, struct ip_address address,
		   const struct conversation_options *options,
		   unsigned milliseconds,
		   void (*done)(void *context, struct server_answer *answer),
		   void *context)
{
	struct server_probe *probe = calloc(1, sizeof(*probe));

	if (!probe)
		arena_exhausted();
	*probe = (struct server_probe){
		.loop = loop,
		.options = options,
		.answer = server_answer_new(address),
		.done = done,
		.context = context,
		.begun = event_loop_now(loop),
		.milliseconds = milliseconds,
	};
	probe->deadline =
		event_loop_after(loop, milliseconds, time_is_over, probe);
	wait_until(probe, SILENCE_MS, is_silent);
	start(probe);
	return probe;
}

void server_probe_interrupt(struct server_probe *probe)
{
	if (probe->ending)
		return;
	if (probe->details)
		details_done(probe);
	else
		finish(probe, (struct query_result){ ANSWER_INTERRUPTED,
						     "interrupted" });
}

bool server_probe_is_alive(const struct server_probe *probe)
{
	return probe->alive;
}
