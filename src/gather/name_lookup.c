#include "name_lookup.h"

#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <unistd.h>

#include "array.h"
#include "event_loop.h"
#include "file_read.h"
#include "hosts_parser.h"
#include "id_table.h"
#include "source.h"

enum { NAME_BYTES_MAX = 1025 }; /* NI_MAXHOST */

struct lookups {
	struct arena *arena;
	struct arena *scratch;
	const struct str *names;
	struct resolved_name *resolved;
	const uint32_t *pending; /* the names that need a service */
	size_t pending_count;
	size_t next; /* of pending, to be asked */
	size_t under_way;
	struct event_loop *loop;
	bool interrupted;
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
	struct hosts hosts = { 0 };
	struct str text;
	int fd;

	if (root->is_host)
		return hosts;
	fd = root_open_regular(root, "/etc/hosts");
	if (fd < 0)
		return hosts;
	if (file_read(scratch, fd, "/etc/hosts", SOURCE_MAX_BYTES, &text, NULL,
		      NULL))
		hosts_parse(scratch, text, &hosts);
	close(fd);
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
		pending[lookups->pending_count++] = (uint32_t)i;
	}
}

static void ask_more(struct lookups *lookups);

static void answered(void *context, int error, const struct addrinfo *list)
{
	struct question *question = context;
	struct lookups *lookups = question->lookups;

	if (error || !list)
		question->resolved->status = NAME_NOT_FOUND;
	else
		take_answer(lookups, list, question->resolved);
	lookups->under_way--;
	ask_more(lookups);
}

static void ask_more(struct lookups *lookups)
{
	char buffer[NAME_BYTES_MAX + 1];

	while (lookups->under_way < EVENT_LOOP_LOOKUPS &&
	       lookups->next < lookups->pending_count) {
		uint32_t index = lookups->pending[lookups->next++];
		struct question *question =
			arena_alloc(lookups->scratch, sizeof(*question));

		question->lookups = lookups;
		question->resolved = &lookups->resolved[index];
		lookups->under_way++;
		event_loop_look_up(lookups->loop,
				   terminate(lookups->names[index], buffer),
				   answered, question);
	}
	if (!lookups->under_way)
		event_loop_stop(lookups->loop);
}

static void deadline_passed(void *context)
{
	struct lookups *lookups = context;

	event_loop_stop(lookups->loop);
}

static void was_interrupted(void *context)
{
	struct lookups *lookups = context;

	lookups->interrupted = true;
	event_loop_stop(lookups->loop);
}

/* Gives the names that have no answer another status. */
static void set_rest(struct lookups *lookups, enum name_status status)
{
	for (size_t i = 0; i < lookups->pending_count; i++) {
		struct resolved_name *resolved =
			&lookups->resolved[lookups->pending[i]];

		if (resolved->status == NAME_TIMED_OUT)
			resolved->status = status;
	}
}

static void ask_services(struct lookups *lookups, unsigned deadline_ms)
{
	if (!event_loop_open(&lookups->loop, NULL)) {
		set_rest(lookups, NAME_NOT_FOUND);
		return;
	}
	event_loop_on_interrupt(lookups->loop, was_interrupted, lookups);
	if (deadline_ms)
		event_loop_after(lookups->loop, deadline_ms, deadline_passed,
				 lookups);
	ask_more(lookups);
	event_loop_run(lookups->loop);
	if (lookups->interrupted)
		set_rest(lookups, NAME_INTERRUPTED);
	event_loop_close(lookups->loop);
}

void name_lookup(struct arena *arena, const struct root *root,
		 const struct str *names, size_t count, unsigned deadline_ms,
		 struct resolved_name *resolved, bool *interrupted)
{
	struct lookups lookups = {
		.arena = arena,
		.scratch = arena_new(),
		.names = names,
		.resolved = resolved,
	};
	struct hosts hosts = read_hosts(lookups.scratch, root);

	answer_at_once(
		&lookups, &hosts, count,
		arena_alloc_array(lookups.scratch, count, sizeof(uint32_t)));
	if (lookups.pending_count)
		ask_services(&lookups, deadline_ms);
	if (interrupted)
		*interrupted = lookups.interrupted;
	arena_free(lookups.scratch);
}
