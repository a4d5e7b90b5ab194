#include "sweep.h"

#include <stdlib.h>

#include "kept_answers.h"
#include "sweep_host.h"

enum {
	/* Descriptors that a host may have at once: two to rpcbind, one at the
	 * NFS port, one for the list. */
	HOST_DESCRIPTORS = 4,
	PROBE_DESCRIPTORS = 13, /* with --probe: a dozen ports, and rpcbind */
	OTHER_DESCRIPTORS = 64, /* files, the loop, look-ups */

	/* Hosts that are begun at once, and in a millisecond: thousands of
	 * packets in one burst are lost on the way, and their hosts seem
	 * dead. */
	BURST_HOSTS = 512,
	HOSTS_PER_MS = 64,
	PAUSE_MS = 2,
};

struct sweep {
	const struct sweep_options *options;
	const struct sweep_events *events;
	struct event_loop *loop;
	struct sweep_host **hosts; /* under way */
	unsigned host_count, jobs;
	unsigned lingering; /* conversations that are being ended */
	bool exhausted, interrupted;
	unsigned allowance;  /* hosts that may be begun now */
	uint64_t allowed_at; /* by event_loop_now() */
	struct event_timer *pause;
	struct kept_answers kept;
};

static void host_answered(void *context, struct sweep_host *host,
			  struct server_answer *answer, bool last);
static void host_lingers(void *context, int change);

static bool has_slot(const struct sweep *sweep)
{
	return !sweep->exhausted && !sweep->interrupted &&
	       sweep->host_count < sweep->jobs;
}

static void earn_allowance(struct sweep *sweep)
{
	uint64_t now = event_loop_now(sweep->loop);
	uint64_t earned = (now - sweep->allowed_at) * HOSTS_PER_MS;

	sweep->allowed_at = now;
	if (earned > BURST_HOSTS - sweep->allowance)
		sweep->allowance = BURST_HOSTS;
	else
		sweep->allowance += (unsigned)earned;
}

static void begin_host(struct sweep *sweep)
{
	struct sweep_host_events events = { sweep, host_answered,
					    host_lingers };
	struct sweep_target target = { 0 };

	sweep->exhausted =
		!sweep->events->next(sweep->events->context, &target);
	if (sweep->exhausted)
		return;
	sweep->allowance--;
	sweep->hosts[sweep->host_count++] =
		sweep_host_begin(sweep->loop, &target, sweep->options, &events);
}

static void end_pause(void *context);

/* Takes targets while there are slots, and no faster than the network may
 * bear. */
static void fill_slots(struct sweep *sweep)
{
	earn_allowance(sweep);
	while (has_slot(sweep) && sweep->allowance)
		begin_host(sweep);
	if (has_slot(sweep) && !sweep->pause)
		sweep->pause = event_loop_after(sweep->loop, PAUSE_MS,
						end_pause, sweep);
}

static void stop_when_done(struct sweep *sweep)
{
	if (!sweep->host_count && !sweep->lingering &&
	    (sweep->exhausted || sweep->interrupted))
		event_loop_stop(sweep->loop);
}

static void end_pause(void *context)
{
	struct sweep *sweep = context;

	sweep->pause = NULL;
	fill_slots(sweep);
	stop_when_done(sweep);
}

static void remove_host(struct sweep *sweep, const struct sweep_host *host)
{
	for (unsigned i = 0; i < sweep->host_count; i++)
		if (sweep->hosts[i] == host) {
			sweep->hosts[i] = sweep->hosts[--sweep->host_count];
			return;
		}
}

static void host_answered(void *context, struct sweep_host *host,
			  struct server_answer *answer, bool last)
{
	struct sweep *sweep = context;

	kept_answers_add(&sweep->kept, answer);
	sweep->events->answered(sweep->events->context, sweep_host_target(host),
				answer, last);
	if (!last)
		return;
	remove_host(sweep, host);
	fill_slots(sweep);
	stop_when_done(sweep);
}

static void host_lingers(void *context, int change)
{
	struct sweep *sweep = context;

	sweep->lingering += (unsigned)change;
	stop_when_done(sweep);
}

static void interrupt(void *context)
{
	struct sweep *sweep = context;
	unsigned count = sweep->host_count;
	/* each may answer, and leave the list, at once */
	struct sweep_host **hosts = calloc(count + 1, sizeof(*hosts));

	if (!hosts)
		arena_exhausted();
	memcpy(hosts, sweep->hosts, count * sizeof(*hosts));
	sweep->interrupted = true;
	for (unsigned i = 0; i < count; i++)
		sweep_host_interrupt(hosts[i]);
	free(hosts);
	stop_when_done(sweep);
}

static unsigned jobs_to_be_had(const struct sweep_options *options)
{
	unsigned descriptors = event_loop_descriptors();
	unsigned each = options->conversation.probe ? PROBE_DESCRIPTORS
						    : HOST_DESCRIPTORS;
	unsigned possible = descriptors > OTHER_DESCRIPTORS
				    ? (descriptors - OTHER_DESCRIPTORS) / each
				    : 0;

	return options->jobs < possible ? options->jobs : possible;
}

static void run(struct sweep *sweep)
{
	sweep->kept.bound = sweep->options->max_total;
	sweep->hosts = calloc(sweep->jobs, sizeof(*sweep->hosts));
	if (!sweep->hosts)
		arena_exhausted();
	event_loop_on_interrupt(sweep->loop, interrupt, sweep);
	sweep->allowance = BURST_HOSTS;
	sweep->allowed_at = event_loop_now(sweep->loop);
	fill_slots(sweep);
	if (sweep->host_count)
		event_loop_run(sweep->loop);
	free(sweep->hosts);
	kept_answers_free(&sweep->kept);
}

bool sweep_run(const struct sweep_options *options,
	       const struct sweep_events *events, bool *interrupted,
	       unsigned *jobs_used, struct failure *failure)
{
	struct sweep sweep = {
		.options = options,
		.events = events,
		.jobs = jobs_to_be_had(options),
	};

	if (!sweep.jobs)
		return failure_set(failure,
				   "not enough file descriptors to ask a host");
	if (!event_loop_open(&sweep.loop, failure))
		return false;
	run(&sweep);
	event_loop_close(sweep.loop);
	*interrupted = sweep.interrupted;
	if (jobs_used)
		*jobs_used = sweep.jobs;
	return true;
}
