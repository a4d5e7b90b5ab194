#include "sweep_host.h"

#include <netdb.h>
#include <stdlib.h>

#include "rpc_limits.h"
#include "server_probe.h"

enum { NEXT_ADDRESS_MS = 250 };

/* A conversation with one address. */
struct attempt {
	struct sweep_host *host; /* NULL: another address has won */
	struct sweep_host_events events;
	struct server_probe *probe;
};

/* A look-up can't be taken back: it may come after its host is gone. */
struct lookup {
	struct sweep_host *host;
};

struct sweep_host {
	struct event_loop *loop;
	struct sweep_target target;
	const struct sweep_options *options;
	struct sweep_host_events events;
	uint64_t begun; /* by event_loop_now() */

	struct lookup *lookup;
	struct event_timer *timer; /* of the look-up, then for the next
				      address */
	struct ip_address addresses[LIMIT_NAME_ADDRESSES];
	unsigned address_count, next;
	struct attempt *attempts[LIMIT_NAME_ADDRESSES];
	unsigned attempt_count;	    /* under way */
	struct server_answer *best; /* of those that gave no list */
	bool interrupted;
};

static void take_answer(void *context, struct server_answer *answer);

static void free_host(struct sweep_host *host)
{
	if (host->lookup)
		host->lookup->host = NULL;
	event_timer_cancel(host->timer);
	free(host);
}

static unsigned elapsed(const struct sweep_host *host)
{
	return (unsigned)(event_loop_now(host->loop) - host->begun);
}

/* Gives the last answer; the host is gone. */
static void conclude(struct sweep_host *host, struct server_answer *answer)
{
	answer->milliseconds = elapsed(host);
	host->events.answered(host->events.context, host, answer, true);
	free_host(host);
}

static void fail(struct sweep_host *host, enum answer_status status,
		 const char *error)
{
	struct server_answer *answer = server_answer_new(host->target.address);

	answer->status = status;
	answer->error = error;
	conclude(host, answer);
}

static void start_attempt(struct sweep_host *host)
{
	const struct conversation_options *options =
		&host->options->conversation;
	unsigned passed = elapsed(host);
	struct attempt *attempt = calloc(1, sizeof(*attempt));

	if (!attempt)
		arena_exhausted();
	attempt->host = host;
	attempt->events = host->events;
	attempt->probe = server_probe_begin(
		host->loop, host->addresses[host->next++], options,
		passed < options->timeout_ms ? options->timeout_ms - passed : 0,
		take_answer, attempt);
	host->attempts[host->attempt_count++] = attempt;
}

static bool any_is_alive(const struct sweep_host *host)
{
	for (unsigned i = 0; i < host->attempt_count; i++)
		if (server_probe_is_alive(host->attempts[i]->probe))
			return true;
	return false;
}

static void next_is_due(void *context);

/* Starts with the next address, unless one that answers is under way. */
static void start_next(struct sweep_host *host)
{
	event_timer_cancel(host->timer);
	host->timer = NULL;
	if (host->next == host->address_count)
		return;
	if (!any_is_alive(host))
		start_attempt(host);
	if (host->next < host->address_count)
		host->timer = event_loop_after(host->loop, NEXT_ADDRESS_MS,
					       next_is_due, host);
}

static void next_is_due(void *context)
{
	struct sweep_host *host = context;

	host->timer = NULL;
	start_next(host);
}

static void start_attempts(struct sweep_host *host)
{
	if (!host->options->all_addresses) {
		start_next(host);
		return;
	}
	while (host->next < host->address_count)
		start_attempt(host);
}

/* Ends a conversation whose answer is not wanted any more. */
static void abandon(struct attempt *attempt)
{
	attempt->host = NULL;
	attempt->events.lingers(attempt->events.context, 1);
	server_probe_interrupt(attempt->probe);
}

static void remove_attempt(struct sweep_host *host, struct attempt *attempt)
{
	for (unsigned i = 0; i < host->attempt_count; i++)
		if (host->attempts[i] == attempt)
			host->attempts[i] =
				host->attempts[--host->attempt_count];
}

/* How much an answer without a list says of the server. */
static unsigned weight(const struct server_answer *answer)
{
	static const unsigned char weights[ANSWER_STATUSES] = {
		[ANSWER_INTERRUPTED] = 1,      [ANSWER_UNREACHABLE] = 2,
		[ANSWER_TIMEOUT] = 3,	       [ANSWER_REFUSED] = 4,
		[ANSWER_NO_MOUNT_SERVICE] = 5, [ANSWER_PROTOCOL_ERROR] = 6,
		[ANSWER_TOO_LARGE] = 7,	       [ANSWER_DENIED] = 8,
	};

	return answer->gives_list ? UINT8_MAX : weights[answer->status];
}

/* Keeps the better of two answers. */
static void keep_best(struct sweep_host *host, struct server_answer *answer)
{
	struct server_answer *best = host->best;

	if (best && weight(best) >= weight(answer)) {
		arena_free(answer->arena);
		return;
	}
	if (best)
		arena_free(best->arena);
	host->best = answer;
}

/* One address of a name has answered. */
static void judge(struct sweep_host *host, struct server_answer *answer)
{
	keep_best(host, answer);
	if (host->best->gives_list)
		while (host->attempt_count)
			abandon(host->attempts[--host->attempt_count]);
	else if (!host->interrupted && host->next < host->address_count)
		start_next(host);
	if (!host->attempt_count)
		conclude(host, host->best);
}

static void take_answer(void *context, struct server_answer *answer)
{
	struct attempt *attempt = context;
	struct sweep_host *host = attempt->host;

	if (!host) {
		arena_free(answer->arena);
		attempt->events.lingers(attempt->events.context, -1);
		free(attempt);
		return;
	}
	remove_attempt(host, attempt);
	free(attempt);
	if (!host->options->all_addresses)
		judge(host, answer);
	else if (host->attempt_count)
		host->events.answered(host->events.context, host, answer,
				      false);
	else
		conclude(host, answer);
}

static void add_address(struct sweep_host *host, struct ip_address address)
{
	for (unsigned i = 0; i < host->address_count; i++)
		if (ip_address_equal(host->addresses[i], address))
			return;
	if (host->address_count < LIMIT_NAME_ADDRESSES)
		host->addresses[host->address_count++] = address;
}

static void resolved(void *context, int error, const struct addrinfo *list)
{
	struct lookup *lookup = context;
	struct sweep_host *host = lookup->host;
	struct ip_address address;

	free(lookup);
	if (!host)
		return;
	host->lookup = NULL;
	event_timer_cancel(host->timer);
	host->timer = NULL;
	for (; !error && list; list = list->ai_next)
		if (ip_address_of_socket(list->ai_addr, &address))
			add_address(host, address);
	if (host->address_count)
		start_attempts(host);
	else
		fail(host, ANSWER_UNRESOLVED,
		     error ? gai_strerror(error) : "the name has no address");
}

static void lookup_takes_too_long(void *context)
{
	struct sweep_host *host = context;

	host->timer = NULL;
	fail(host, ANSWER_UNRESOLVED, "name services don't answer in time");
}

static void start_lookup(struct sweep_host *host)
{
	host->lookup = calloc(1, sizeof(*host->lookup));
	if (!host->lookup)
		arena_exhausted();
	host->lookup->host = host;
	host->timer = event_loop_after(host->loop,
				       host->options->conversation.timeout_ms,
				       lookup_takes_too_long, host);
	event_loop_look_up(host->loop, host->target.name, resolved,
			   host->lookup);
}

struct sweep_host *sweep_host_begin(struct event_loop *loop,
				    const struct sweep_target *target,
				    const struct sweep_options *options,
				    const struct sweep_host_events *events)
{
	struct sweep_host *host = calloc(1, sizeof(*host));

	if (!host)
		arena_exhausted();
	host->loop = loop;
	host->target = *target;
	host->options = options;
	host->events = *events;
	host->begun = event_loop_now(loop);
	if (target->address.family == IP_NONE) {
		start_lookup(host);
	} else {
		add_address(host, target->address);
		start_attempts(host);
	}
	return host;
}

const struct sweep_target *sweep_host_target(const struct sweep_host *host)
{
	return &host->target;
}

void sweep_host_interrupt(struct sweep_host *host)
{
	unsigned count = host->attempt_count;
	struct attempt *attempts[LIMIT_NAME_ADDRESSES];

	host->interrupted = true;
	event_timer_cancel(host->timer);
	host->timer = NULL;
	if (!count) {
		fail(host, ANSWER_INTERRUPTED, "interrupted");
		return;
	}
	/* the last of them may be the end of host */
	memcpy(attempts, host->attempts, sizeof(attempts));
	for (unsigned i = 0; i < count; i++)
		server_probe_interrupt(attempts[i]->probe);
}
