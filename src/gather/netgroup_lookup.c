#include "netgroup_lookup.h"

#include <netdb.h>
#include <stdlib.h>

#include "lookup_queue.h"
#include "netgroup_parser.h"
#include "small_file.h"
#include "source.h"

enum { GROUP_NAME_MAX = 1024 };

struct lookups {
	struct lookup_queue queue; /* of the pending questions */
	struct arena *arena;
	struct text_set *hosts;
	ARRAY(const struct netgroup_question *) pending;
};

/* One group that is under way. The thread may outlive all else, so what it
 * writes is its own. */
struct asked_group {
	struct lookups *lookups;
	const struct netgroup_question *question;
	struct arena *arena;
	bool found;
	ARRAY(struct str) hosts; /* of its triples */
	char name[GROUP_NAME_MAX + 1];
};

static void add_host(struct lookups *lookups, struct str host,
		     struct netgroup_facts *facts)
{
	struct arena *arena = lookups->arena;
	uint32_t number;

	if (!host.length)
		facts->any_host = true;
	if (!host.length || str_is(host, "-"))
		return;
	number = text_set_find(lookups->hosts, host);
	if (number == UINT32_MAX) {
		host.data = arena_copy(arena, host.data, host.length);
		number = text_set_add(arena, lookups->hosts, host);
	}
	*ARRAY_ADD(arena, &facts->hosts) = number;
}

/* In the order of their numbers, each once. */
static int compare_numbers(const void *a, const void *b)
{
	const uint32_t *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

static void settle_hosts(struct netgroup_facts *facts)
{
	uint32_t *hosts = facts->hosts.items;
	size_t kept = 0;

	facts->status = NAME_FOUND;
	if (!facts->hosts.count)
		return;
	qsort(hosts, facts->hosts.count, sizeof(*hosts), compare_numbers);
	for (size_t i = 0; i < facts->hosts.count; i++)
		if (!kept || hosts[kept - 1] != hosts[i])
			hosts[kept++] = hosts[i];
	facts->hosts.count = kept;
}

static void ask_service(void *context)
{
	struct asked_group *asked = context;
	char *host, *user, *domain;

	asked->found = setnetgrent(asked->name);
	while (asked->found && getnetgrent(&host, &user, &domain)) {
		size_t length = host ? strlen(host) : 0;

		*ARRAY_ADD(asked->arena, &asked->hosts) =
			(struct str){ arena_copy(asked->arena, host, length),
				      length };
	}
	endnetgrent();
}

static void answered(void *context)
{
	struct asked_group *asked = context;
	struct lookups *lookups = asked->lookups;
	struct netgroup_facts *facts = asked->question->facts;

	for (size_t i = 0; i < asked->hosts.count; i++)
		add_host(lookups, asked->hosts.items[i], facts);
	facts->status = NAME_NOT_FOUND;
	if (asked->found)
		settle_hosts(facts);
	arena_free(asked->arena);
	free(asked);
	lookup_queue_answered(&lookups->queue);
}

static void ask(struct lookup_queue *queue, size_t number)
{
	struct lookups *lookups = (struct lookups *)queue;
	const struct netgroup_question *question =
		lookups->pending.items[number];
	struct asked_group *asked = calloc(1, sizeof(*asked));

	if (!asked)
		arena_exhausted();
	asked->lookups = lookups;
	asked->question = question;
	asked->arena = arena_new();
	memcpy(asked->name, question->name.data, question->name.length);
	event_loop_aside(queue->loop, ask_service, answered, asked);
}

static bool find_in_file(struct lookups *lookups, struct arena *scratch,
			 const struct netgroups *groups,
			 const struct netgroup_question *question)
{
	struct netgroup_answer answer;

	if (!netgroups_find(scratch, groups, question->name, &answer))
		return false;
	for (size_t i = 0; i < answer.triples.count; i++)
		add_host(lookups, answer.triples.items[i]->host,
			 question->facts);
	settle_hosts(question->facts);
	return true;
}

/* Answers what needs no service, and lists the rest in pending. */
static void answer_at_once(struct lookups *lookups, const struct root *root,
			   const struct netgroup_question *questions,
			   size_t count)
{
	struct arena *scratch = arena_new();
	struct str text = STR("");
	struct netgroups groups;

	if (!root->is_host)
		(void)small_file_read(scratch, root, "/etc/netgroup",
				      SOURCE_MAX_BYTES, &text);
	netgroups_parse(scratch, text, &groups);
	for (size_t i = 0; i < count; i++) {
		struct str name = questions[i].name;

		*questions[i].facts =
			(struct netgroup_facts){ .status = NAME_NOT_FOUND };
		if (!name.length || name.length > GROUP_NAME_MAX ||
		    str_find(name, '\0') < name.length ||
		    find_in_file(lookups, scratch, &groups, &questions[i]))
			continue;
		/* until an answer comes */
		questions[i].facts->status = NAME_TIMED_OUT;
		*ARRAY_ADD(lookups->arena, &lookups->pending) = &questions[i];
	}
	arena_free(scratch);
}

void netgroup_lookup(struct arena *arena, const struct root *root,
		     const struct netgroup_question *questions, size_t count,
		     unsigned deadline_ms, struct text_set *hosts,
		     bool *interrupted)
{
	struct lookups lookups = {
		.queue = { .at_once = 1, .ask = ask },
		.arena = arena,
		.hosts = hosts,
	};

	answer_at_once(&lookups, root, questions, count);
	lookups.queue.count = lookups.pending.count;
	(void)lookup_queue_run(&lookups.queue, deadline_ms);
	*interrupted = lookups.queue.interrupted;
}
