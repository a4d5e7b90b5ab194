#include "server_details.h"

#include <stdlib.h>

#include "capability_query.h"
#include "flavor_query.h"
#include "mnt_query.h"

struct server_details {
	struct event_loop *loop;
	struct server_answer *answer;
	struct mount_service service;
	bool has_service;
	const struct conversation_options *options;
	bool *alive;
	void (*done)(void *context);
	void *context;
	/* what is under way */
	struct capability_query *capability;
	struct mnt_query *mnt;
	struct flavor_query *flavors;
};

static void end_capability(struct server_details *details)
{
	capability_query_end(details->capability);
	details->capability = NULL;
}

static void end_mnt(struct server_details *details)
{
	mnt_query_end(details->mnt);
	details->mnt = NULL;
}

static void mnt_done(void *context)
{
	struct server_details *details = context;

	end_mnt(details);
	details->done(details->context);
}

static void flavors_done(void *context)
{
	struct server_details *details = context;

	details->done(details->context);
}

static bool has_nfs4(const struct server_answer *answer)
{
	return answer->probe->nfs4_minors != 0;
}

/* The security flavors of the list, if there is a way to see them. */
static void capability_done(void *context)
{
	struct server_details *details = context;
	struct server_answer *answer = details->answer;
	bool wants_flavors = details->has_service && answer->exports.count;

	end_capability(details);
	if (wants_flavors && details->options->probe_mnt)
		details->mnt = mnt_query_begin(
			details->loop, answer, &details->service,
			details->options, details->alive, mnt_done, details);
	else if (wants_flavors && has_nfs4(answer))
		details->flavors = flavor_query_begin(
			details->loop, answer, details->options, details->alive,
			flavors_done, details);
	else
		details->done(details->context);
}

struct server_details *
server_details_begin(struct event_loop *loop, struct server_answer *answer,
		     const struct mount_service *service,
		     const struct conversation_options *options, bool *alive,
		     void (*done)(void *context), void *context)
{
	struct server_details *details = calloc(1, sizeof(*details));

	if (!details)
		arena_exhausted();
	*details = (struct server_details){
		.loop = loop,
		.answer = answer,
		.has_service = service != NULL,
		.options = options,
		.alive = alive,
		.done = done,
		.context = context,
	};
	if (service)
		details->service = *service;
	details->capability = capability_query_begin(
		loop, answer, options, alive, capability_done, details);
	return details;
}

void server_details_end(struct server_details *details,
			void (*ended)(void *context), void *context)
{
	struct flavor_query *flavors = details ? details->flavors : NULL;

	if (details) {
		end_capability(details);
		end_mnt(details);
		free(details);
	}
	flavor_query_end(flavors, ended, context);
}
