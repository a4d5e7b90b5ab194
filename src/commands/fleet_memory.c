#include "fleet_memory.h"

#include <time.h>

#include "server_list_parser.h"
#include "server_lists_gather.h"

bool fleet_memory_begin(struct fleet_memory *memory,
			const struct command_context *context,
			const struct audit_memory_options *options)
{
	*memory = (struct fleet_memory){ .room = SERVER_LISTS_BYTES };
	return audit_memory_begin(&memory->base, context, options, true);
}

static struct fleet_name name_of(struct str text)
{
	struct fleet_name name = { .text = text };

	if (!server_address_parse(text, &name.address))
		name.address = (struct ip_address){ 0 };
	return name;
}

static uint32_t hash_of(const struct fleet_name *name)
{
	return name->address.family ? ip_address_hash(name->address)
				    : hash_bytes_nocase(0, name->text);
}

static bool is_same(const struct fleet_name *a, const struct fleet_name *b)
{
	return ip_address_equal(a->address, b->address) &&
	       (a->address.family || str_equal_nocase(a->text, b->text));
}

/* Makes a way to find the names of the state. */
static void index_names(struct arena *arena, const struct audit_names *known,
			struct fleet_names *names)
{
	size_t count = known->list.count;

	*names = (struct fleet_names){ .count = count };
	names->items = arena_alloc_array(arena, count, sizeof(*names->items));
	names->wanted = arena_alloc_array(arena, count, sizeof(*names->wanted));
	for (size_t i = 0; i < count; i++) {
		names->items[i] = name_of(known->list.items[i]);
		id_table_add(arena, &names->index, hash_of(&names->items[i]),
			     (uint32_t)i);
	}
}

static bool read_names(const struct fleet_memory *memory, bool answering,
		       struct fleet_names *names, struct failure *failure)
{
	struct arena *arena = memory->base.context->arena;
	struct audit_names known;

	if (!audit_state_servers(arena, memory->base.file, answering, &known,
				 failure))
		return false;
	index_names(arena, &known, names);
	return true;
}

/* Returns its place in the list, or the length of that. A state may have more
 * than one spelling, from when they were not the same: a server goes on under
 * its own one. */
static size_t find_name(const struct fleet_names *names, struct str text)
{
	struct fleet_name name = name_of(text);
	size_t found = names->count;

	ID_TABLE_EACH (&names->index, hash_of(&name), id) {
		if (str_equal(names->items[id].text, text))
			return id;
		if (is_same(&names->items[id], &name))
			found = id;
	}
	return found;
}

static void want_target(struct fleet_names *names,
			const struct sweep_target *target)
{
	char address[IP_ADDRESS_TEXT];
	const char *text = target->name;
	struct fleet_name name;

	if (!text)
		text = ip_address_text(target->address, address);
	name = name_of(str_of(text));
	ID_TABLE_EACH (&names->index, hash_of(&name), id)
		if (is_same(&names->items[id], &name))
			names->wanted[id] = true;
}

static bool is_wanted(void *context, struct str name)
{
	const struct fleet_names *names = context;
	size_t found = find_name(names, name);

	return found < names->count && names->wanted[found];
}

int fleet_memory_history(struct fleet_memory *memory,
			 struct server_targets *targets, bool json)
{
	struct fleet_names names;
	const struct audit_servers asked = { &names, is_wanted };
	struct sweep_target target;
	struct failure failure;

	if (!read_names(memory, false, &names, &failure)) {
		command_error(memory->base.context, "%s", failure.text);
		return STATUS_FAILED;
	}
	while (server_targets_next(targets, &target))
		want_target(&names, &target);
	return audit_memory_history(&memory->base, &asked, NULL, json);
}

void fleet_memory_look_back(struct fleet_memory *memory)
{
	struct failure failure;

	/* that the file can't be read is told when it is opened */
	if (memory->base.file &&
	    !read_names(memory, true, &memory->answering, &failure))
		memory->answering = (struct fleet_names){ 0 };
}

bool fleet_memory_misses(const struct fleet_memory *memory, const char *host)
{
	return find_name(&memory->answering, str_of(host)) <
	       memory->answering.count;
}

static bool is_silenced(const struct audit_changes *changes)
{
	for (size_t i = 0; i < changes->list[AUDIT_UNCHECKED].count; i++) {
		const struct audit_change *change =
			&changes->list[AUDIT_UNCHECKED].items[i];

		if (change->how == CHANGE_APPEARED &&
		    str_is(change->after->text[UNCHECKED_WHAT],
			   AUDIT_WHOLE_SERVER))
			return true;
	}
	return false;
}

/* The spelling that the server has there; its own one if there is none. */
static const char *name_in_state(const struct fleet_memory *memory,
				 const char *host)
{
	const struct fleet_names *names = &memory->known;
	size_t found = find_name(names, str_of(host));

	return found < names->count ? names->items[found].text.data : host;
}

static bool compare(struct fleet_memory *memory,
		    const struct fleet_report *report,
		    const struct fleet_server *server, int64_t now,
		    struct failure *failure)
{
	struct arena *arena = memory->base.context->arena;
	struct audit_sighting *sighting = arena_alloc(arena, sizeof(*sighting));
	struct audit_changes *changes = arena_alloc(arena, sizeof(*changes));
	struct audit_server_changes found = { server->survey.host, changes,
					      false };

	audit_sighting_make_remote(arena, &report->lint, server, report->least,
				   now, sighting);
	if (!audit_memory_turn(&memory->base, name_in_state(memory, found.host),
			       sighting, changes, &found.first, failure))
		return false;
	memory->silenced |= is_silenced(changes);
	if (audit_server_changes_any(&found, true))
		*ARRAY_ADD(arena, &memory->told) = found;
	return true;
}

static bool open_state(struct fleet_memory *memory, struct failure *failure)
{
	struct arena *arena = memory->base.context->arena;
	struct audit_names known;

	if (!audit_memory_open(&memory->base, failure) ||
	    !audit_state_names(memory->base.state, &known, failure))
		return false;
	index_names(arena, &known, &memory->known);
	return true;
}

void fleet_memory_compare(struct fleet_memory *memory,
			  const struct fleet_report *report)
{
	int64_t now = time(NULL);
	struct failure failure;
	bool done;

	if (!memory->base.file)
		return;
	memory->asked = report->servers.count;
	done = open_state(memory, &failure);
	for (size_t i = 0; done && i < report->servers.count; i++)
		done = compare(memory, report, report->servers.items[i], now,
			       &failure);
	if (!done)
		audit_memory_give_up(&memory->base, &failure);
}

void fleet_memory_render(FILE *out, const struct fleet_memory *memory,
			 bool color, bool json)
{
	const struct audit_changes_report report = {
		.fleet = true,
		.servers = memory->told.items,
		.count = memory->told.count,
		.asked = memory->asked,
		.color = color,
	};

	if (report.count)
		(json ? render_changes_json : render_changes_text)(out,
								   &report);
}

bool fleet_memory_reaches(const struct fleet_memory *memory, int severity)
{
	for (size_t i = 0; i < memory->told.count; i++)
		if (audit_changes_reach(memory->told.items[i].changes,
					severity))
			return true;
	return memory->silenced;
}
