#include "address_lookup.h"

#include <netdb.h>
#include <stdlib.h>
#include <sys/socket.h>

#include "hosts_parser.h"
#include "lookup_queue.h"
#include "small_file.h"
#include "source.h"

enum { ANSWER_BYTES = 8192 };

struct lookups {
	struct lookup_queue queue; /* of the pending addresses */
	struct arena *arena;
	ARRAY(struct address_name *) pending;
};

/* One address that is under way. The thread may outlive all else, so what it
 * writes is its own. */
struct asked_address {
	struct lookups *lookups;
	struct address_name *address;
	struct ip_address asked;
	struct hostent entry, *found;
	char buffer[ANSWER_BYTES];
};

static void add_name(struct lookups *lookups, struct str name,
		     struct address_name *address)
{
	*ARRAY_ADD(lookups->arena, &address->names) = (struct str){
		arena_copy(lookups->arena, name.data, name.length), name.length
	};
}

static void ask_service(void *context)
{
	struct asked_address *asked = context;
	int family = asked->asked.family == IP_V4 ? AF_INET : AF_INET6;
	int error;

	/* what does not fit the buffer is not found */
	if (gethostbyaddr_r(asked->asked.bytes, ip_address_size(asked->asked),
			    family, &asked->entry, asked->buffer,
			    sizeof(asked->buffer), &asked->found, &error) != 0)
		asked->found = NULL;
}

static void answered(void *context)
{
	struct asked_address *asked = context;
	struct lookups *lookups = asked->lookups;
	struct address_name *address = asked->address;

	address->status = asked->found ? NAME_FOUND : NAME_NOT_FOUND;
	if (asked->found) {
		add_name(lookups, str_of(asked->found->h_name), address);
		for (char **alias = asked->found->h_aliases; *alias; alias++)
			add_name(lookups, str_of(*alias), address);
	}
	free(asked);
	lookup_queue_answered(&lookups->queue);
}

static void ask(struct lookup_queue *queue, size_t number)
{
	struct lookups *lookups = (struct lookups *)queue;
	struct asked_address *asked = calloc(1, sizeof(*asked));

	if (!asked)
		arena_exhausted();
	asked->lookups = lookups;
	asked->address = lookups->pending.items[number];
	asked->asked = asked->address->address;
	event_loop_aside(queue->loop, ask_service, answered, asked);
}

static bool find_in_file(struct lookups *lookups, const struct hosts *hosts,
			 struct address_name *address)
{
	struct hosts_names names = hosts_find_names(hosts, address->address);

	for (size_t i = 0; i < names.count; i++)
		add_name(lookups, names.items[i].name, address);
	if (names.count)
		address->status = NAME_FOUND;
	return names.count > 0;
}

/* Answers what needs no service, and lists the rest in pending. */
static void answer_at_once(struct lookups *lookups, const struct root *root,
			   struct address_name *addresses, size_t count)
{
	struct arena *scratch = arena_new();
	struct str text = STR("");
	struct hosts hosts;

	if (!root->is_host)
		(void)small_file_read(scratch, root, "/etc/hosts",
				      SOURCE_MAX_BYTES, &text);
	hosts_parse(scratch, text, &hosts);
	for (size_t i = 0; i < count; i++) {
		if (find_in_file(lookups, &hosts, &addresses[i]))
			continue;
		/* until an answer comes */
		addresses[i].status = NAME_TIMED_OUT;
		*ARRAY_ADD(lookups->arena, &lookups->pending) = &addresses[i];
	}
	arena_free(scratch);
}

void address_lookup(struct arena *arena, const struct root *root,
		    struct address_name *addresses, size_t count,
		    unsigned deadline_ms, bool *interrupted)
{
	struct lookups lookups = {
		.queue = { .at_once = EVENT_LOOP_LOOKUPS, .ask = ask },
		.arena = arena,
	};

	answer_at_once(&lookups, root, addresses, count);
	lookups.queue.count = lookups.pending.count;
	(void)lookup_queue_run(&lookups.queue, deadline_ms);
	*interrupted = lookups.queue.interrupted;
}
