#include "nfs4_query.h"

#include <stdlib.h>

struct nfs4_query {
	struct query_result result;
	void (*done)(void *context);
	void *context;
	struct event_timer *timer;
};

static void call_done(void *context)
{
	struct nfs4_query *query = context;

	query->timer = NULL;
	query->done(query->context);
}

struct nfs4_query *nfs4_query_begin(struct event_loop *loop,
				    struct server_answer *answer,
				    const struct conversation_options *options,
				    bool *alive, void (*done)(void *context),
				    void *context)
{
	struct nfs4_query *query = calloc(1, sizeof(*query));

	(void)answer, (void)options, (void)alive;
	if (!query)
		arena_exhausted();
	*query = (struct nfs4_query){
		.result = { ANSWER_UNREACHABLE, "NFSv4 is not asked" },
		.done = done,
		.context = context,
		.timer = event_loop_after(loop, 0, call_done, query),
	};
	return query;
}

const struct query_result *nfs4_query_result(const struct nfs4_query *query)
{
	return &query->result;
}

void nfs4_query_end(struct nfs4_query *query, void (*ended)(void *context),
		    void *context)
{
	if (query)
		event_timer_cancel(query->timer);
	free(query);
	if (ended)
		ended(context);
}
