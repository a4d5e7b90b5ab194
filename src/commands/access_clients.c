#include "access_clients.h"

#include "address_lookup.h"
#include "export_lookups.h"
#include "hosts_parser.h"
#include "name_lookup.h"
#include "server_list_parser.h"

struct name_list {
	ARRAY(struct str) list;
};

static void add_name(struct arena *arena, struct name_list *names,
		     struct str name)
{
	*ARRAY_ADD(arena, &names->list) = name;
}

/* What the name services have said. */
struct access_lookups {
	struct text_set names;
	struct resolved_name *resolved; /* for each name */
	ARRAY(struct address_name) addresses;
	struct id_table by_address;
};

static struct address_name *find_asked(const struct access_lookups *asked,
				       struct ip_address address)
{
	if (!asked)
		return NULL;
	ID_TABLE_EACH (&asked->by_address, ip_address_hash(address), id)
		if (ip_address_equal(asked->addresses.items[id].address,
				     address))
			return &asked->addresses.items[id];
	return NULL;
}

static bool has_answer(enum name_status status)
{
	return status == NAME_FOUND || status == NAME_NOT_FOUND;
}

/* False if there was no answer. */
static bool ask_for_names(const struct access_sources *sources,
			  struct ip_address address, struct name_list *names)
{
	struct address_name *answer = find_asked(sources->asked, address);
	struct address_name single = { .address = address };
	bool interrupted;

	if (!answer) {
		answer = &single;
		address_lookup(sources->arena, sources->root, answer, 1,
			       sources->deadline_ms, &interrupted);
	}
	for (size_t i = 0; i < answer->names.count; i++)
		add_name(sources->arena, names, answer->names.items[i]);
	return has_answer(answer->status);
}

static void set_names(struct access_client *client,
		      const struct name_list *names, bool known)
{
	client->names = names->list.items;
	client->name_count = names->list.count;
	client->names_known = known;
}

struct access_client access_client_at(const struct access_sources *sources,
				      struct ip_address address)
{
	struct access_client client = {
		.address = address,
		.netgroups = sources->netgroups,
	};
	struct name_list names = { 0 };
	bool known = sources->name || sources->hosts;

	if (sources->name) {
		add_name(sources->arena, &names, str_of(sources->name));
	} else if (sources->hosts) {
		struct hosts_names found =
			hosts_find_names(sources->hosts, address);

		for (size_t i = 0; i < found.count; i++)
			add_name(sources->arena, &names, found.items[i].name);
	} else if (sources->resolve) {
		known = ask_for_names(sources, address, &names);
	}
	set_names(&client, &names, known);
	return client;
}

struct address_list {
	const struct ip_address *items;
	size_t count;
};

static struct resolved_name
ask_for_addresses(const struct access_sources *sources, struct str name)
{
	struct resolved_name resolved = { 0 };
	uint32_t number = UINT32_MAX;
	bool interrupted;

	if (sources->asked)
		number = text_set_find(&sources->asked->names, name);
	if (number != UINT32_MAX)
		return sources->asked->resolved[number];
	name_lookup(sources->arena, sources->root, &name, 1,
		    sources->deadline_ms, &resolved, &interrupted);
	return resolved;
}

static struct address_list addresses_of(const struct access_sources *sources,
					struct str name)
{
	struct address_list found = { 0 };
	struct resolved_name resolved;
	struct hosts_answer answer;

	if (sources->hosts) {
		if (hosts_find(sources->arena, sources->hosts, name, &answer))
			found = (struct address_list){ answer.addresses,
						       answer.count };
	} else if (sources->resolve) {
		resolved = ask_for_addresses(sources, name);
		if (resolved.status == NAME_FOUND)
			found = (struct address_list){ resolved.addresses,
						       resolved.address_count };
	}
	return found;
}

static void find_by_name(const struct access_sources *sources, struct str name,
			 struct access_clients *clients)
{
	struct address_list addresses = addresses_of(sources, name);
	struct access_client client = { .netgroups = sources->netgroups };
	struct name_list names = { 0 };

	for (size_t i = 0; i < addresses.count; i++)
		*ARRAY_ADD(sources->arena, &clients->list) =
			access_client_at(sources, addresses.items[i]);
	if (addresses.count)
		return;
	add_name(sources->arena, &names, name);
	if (sources->name)
		add_name(sources->arena, &names, str_of(sources->name));
	set_names(&client, &names, true);
	*ARRAY_ADD(sources->arena, &clients->list) = client;
}

bool access_clients_find(const struct access_sources *sources, struct str text,
			 struct access_clients *clients,
			 struct failure *failure)
{
	struct server_operand operand;
	const char *problem;

	*clients = (struct access_clients){ 0 };
	if (!server_operand_parse(sources->arena, text, &operand, &problem) ||
	    operand.kind == SERVER_NETWORK)
		return failure_set(failure,
				   "'%.*s' is neither an address nor a host "
				   "name",
				   STR_ARG(text));
	if (operand.kind == SERVER_NAME)
		find_by_name(sources, str_of(operand.text), clients);
	else
		*ARRAY_ADD(sources->arena, &clients->list) =
			access_client_at(sources, operand.address);
	return true;
}

static void add_address(struct arena *arena, struct access_lookups *asked,
			struct ip_address address)
{
	if (find_asked(asked, address))
		return;
	id_table_add(arena, &asked->by_address, ip_address_hash(address),
		     (uint32_t)asked->addresses.count);
	*ARRAY_ADD(arena, &asked->addresses) =
		(struct address_name){ .address = address };
}

static void sort_out(struct arena *arena, struct access_lookups *asked,
		     struct str text)
{
	struct server_operand operand;
	const char *problem;

	if (!server_operand_parse(arena, text, &operand, &problem))
		return;
	if (operand.kind == SERVER_NAME)
		(void)text_set_add(arena, &asked->names, str_of(operand.text));
	else if (operand.kind == SERVER_ADDRESS)
		add_address(arena, asked, operand.address);
}

void access_clients_look_up(struct access_sources *sources,
			    const struct str *texts, size_t count)
{
	struct arena *arena = sources->arena;
	struct access_lookups *asked;
	bool interrupted;

	if (!sources->resolve || sources->hosts)
		return;
	asked = arena_alloc(arena, sizeof(*asked));
	for (size_t i = 0; i < count; i++)
		sort_out(arena, asked, texts[i]);
	asked->resolved = arena_alloc_array(arena, asked->names.list.count,
					    sizeof(*asked->resolved));
	name_lookup(arena, sources->root, asked->names.list.items,
		    asked->names.list.count, sources->deadline_ms,
		    asked->resolved, &interrupted);
	for (size_t i = 0; i < asked->names.list.count; i++)
		for (size_t k = 0; k < asked->resolved[i].address_count; k++)
			add_address(arena, asked,
				    asked->resolved[i].addresses[k]);
	if (!sources->name)
		address_lookup(arena, sources->root, asked->addresses.items,
			       asked->addresses.count, sources->deadline_ms,
			       &interrupted);
	sources->asked = asked;
}
