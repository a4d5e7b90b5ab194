#include "name_lookup.h"

#include <netdb.h>
#include <netinet/in.h>

#include "array.h"
#include "hosts_parser.h"
#include "id_table.h"
#include "lookup_queue.h"
#include "small_file.h"
#include "source.h"

enum { NAME_BYTES_MAX = 1025 }; /* NI_MAXHOST */

struct lookups {
	struct lookup_queue queue; /* of the pending names */
	struct arena *arena;
	struct arena *scratch;
	const struct str *names;
	struct resolved_name *resolved;
	const uint32_t *pending; /* the names that need a service */
};

/* One name that is under way. */
struct question {
	struct lookups *lookups;
	struct resolved_name *resolved;
};

/* Addresses without those that came before. */
struct address_list {
	ARRAY(struct ip_address) list;
	struct id_table known;
};

static void add_address(struct arena *arena, struct arena *scratch,
			struct address_list *addresses,
			struct ip_address address)
{
	uint32_t hash = ip_address_hash(address);

	ID_TABLE_EACH (&addresses->known, hash, id)
		if (ip_address_equal(addresses->list.items[id], address))
			return;
	id_table_add(scratch, &addresses->known, hash,
		     (uint32_t)addresses->list.count);
	*ARRAY_ADD(arena, &addresses->list) = address;
}

static void set_found(struct arena *arena, struct str canonical,
		      const struct address_list *addresses,
		      struct resolved_name *resolved)
{
	*resolved = (struct resolved_name){
		.status = NAME_FOUND,
		.canonical = { arena_copy(arena, canonical.data,
					  canonical.length),
			       canonical.length },
		.addresses = addresses->list.items,
		.address_count = addresses->list.count,
	};
}

static void take_answer(struct lookups *lookups, const struct addrinfo *list,
			struct resolved_name *resolved)
{
	struct address_list addresses = { 0 };
	struct ip_address address;

	for (const struct addrinfo *at = list; at; at = at->ai_next)
		if (ip_address_of_socket(at->ai_addr, &address))
			add_address(lookups->arena, lookups->scratch,
				    &addresses, address);
	set_found(lookups->arena, str_of(list->ai_canonname), &addresses,
		  resolved);
}

/* Never waits, so a numeric name is not held up by names that do. */
static bool find_numeric(struct lookups *lookups, const char *name,
			 struct resolved_name *resolved)
{
	const struct addrinfo hints = {
		.ai_family = AF_UNSPEC,
		.ai_protocol = IPPROTO_UDP,
		.ai_flags = AI_CANONNAME | AI_NUMERICHOST,
	};
	struct addrinfo *list;

	if (getaddrinfo(name, NULL, &hints, &list) != 0)
		return false;
	take_answer(lookups, list, resolved);
	freeaddrinfo(list);
	return true;
}

static bool find_in_hosts(struct lookups *lookups, const struct hosts *hosts,
			  struct str name, struct resolved_name *resolved)
{
	struct address_list addresses = { 0 };
	struct hosts_answer answer;

	if (!hosts_find(lookups->scratch, hosts, name, &answer))
		return false;
	for (size_t i = 0; i < answer.count; i++)
		add_address(lookups->arena, lookups->scratch, &addresses,
			    answer.addresses[i]);
	set_found(lookups->arena, answer.canonical, &addresses, resolved);
	return true;
}

/* The hosts file of another root; empty for the host's, whose own services
 * read it, and when it can't be read. */
static struct hosts read_hosts(struct arena *scratch, const struct root *root)
{
	struct hosts hosts;
	struct str text = STR("");

	if (!root->is_host)
		(void)small_file_read(scratch, root, "/etc/hosts",
				      SOURCE_MAX_BYTES, &text);
	hosts_parse(scratch, text, &hosts);
	return hosts;
}

static bool is_askable(struct str name)
{
	return name.length <= NAME_BYTES_MAX &&
	       str_find(name, '\0') == name.length;
}

static const char *terminate(struct str name, char buffer[NAME_BYTES_MAX + 1])
{
	if (name.length)
		memcpy(buffer, name.data, name.length);
	buffer[name.length] = '\0';
	return buffer;
}

/* Answers what needs no service, and lists the rest in pending. */
static void answer_at_once(struct lookups *lookups, const struct hosts *hosts,
			   size_t count, uint32_t *pending)
{
	char buffer[NAME_BYTES_MAX + 1];

	lookups->pending = pending;
	for (size_t i = 0; i < count; i++) {
		struct str name = lookups->names[i];
		struct resolved_name *resolved = &lookups->resolved[i];

		*resolved = (struct resolved_name){ .status = NAME_NOT_FOUND };
		if (!is_askable(name) ||
		    find_numeric(lookups, terminate(name, buffer), resolved) ||
		    find_in_hosts(lookups, hosts, name, resolved))
			continue;
		/* until an answer comes */
		resolved->status = NAME_TIMED_OUT;
		pending[lookups->queue.count++] = (uint32_t)i;
	}
}

static void answered(void *context, int error, const struct addrinfo *list)
{
	struct question *question = context;
	struct lookups *lookups = question->lookups;

	if (error || !list)
		question->resolved->status = NAME_NOT_FOUND;
	else
		take_answer(lookups, list, question->resolved);
	lookup_queue_answered(&lookups->queue);
}

static void ask(struct lookup_queue *queue, size_t number)
{
	struct lookups *lookups = (struct lookups *)queue;
	struct question *question =
		arena_alloc(lookups->scratch, sizeof(*question));
	uint32_t index = lookups->pending[number];
	char buffer[NAME_BYTES_MAX + 1];

	question->lookups = lookups;
	question->resolved = &lookups->resolved[index];
	event_loop_look_up(queue->loop,
			   terminate(lookups->names[index], buffer), answered,
			   question);
}

/* Gives the names that have no answer another status. */
static void set_rest(struct lookups *lookups, enum name_status status)
{
	for (size_t i = 0; i < lookups->queue.count; i++) {
		struct resolved_name *resolved =
			&lookups->resolved[lookups->pending[i]];

		if (resolved->status == NAME_TIMED_OUT)
			resolved->status = status;
	}
}

static void ask_services(struct lookups *lookups, unsigned deadline_ms)
{
	if (!lookup_queue_run(&lookups->queue, deadline_ms))
		set_rest(lookups, NAME_NOT_FOUND);
	else if (lookups->queue.interrupted)
		set_rest(lookups, NAME_INTERRUPTED);
}

void name_lookup(struct arena *arena, const struct root *root,
		 const struct str *names, size_t count, unsigned deadline_ms,
		 struct resolved_name *resolved, bool *interrupted)
{
	struct lookups lookups = {
		.queue = { .at_once = EVENT_LOOP_LOOKUPS, .ask = ask },
		.arena = arena,
		.scratch = arena_new(),
		.names = names,
		.resolved = resolved,
	};
	struct hosts hosts = read_hosts(lookups.scratch, root);

	answer_at_once(
		&lookups, &hosts, count,
		arena_alloc_array(lookups.scratch, count, sizeof(uint32_t)));
	ask_services(&lookups, deadline_ms);
	if (interrupted)
		*interrupted = lookups.queue.interrupted;
	arena_free(lookups.scratch);
}
