#include "access_clients.h"

#include "address_lookup.h"
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

static void ask_for_names(const struct access_sources *sources,
			  struct ip_address address, struct name_list *names)
{
	struct address_name answer = { .address = address };
	bool interrupted;

	address_lookup(sources->arena, sources->root, &answer, 1,
		       sources->deadline_ms, &interrupted);
	for (size_t i = 0; i < answer.names.count; i++)
		add_name(sources->arena, names, answer.names.items[i]);
}

/* What the address is called. */
static void find_names(const struct access_sources *sources,
		       struct access_client *client, struct name_list *names)
{
	client->names_known = sources->hosts || sources->resolve;
	if (sources->hosts) {
		struct hosts_names found =
			hosts_find_names(sources->hosts, client->address);

		for (size_t i = 0; i < found.count; i++)
			add_name(sources->arena, names, found.items[i].name);
	} else if (sources->resolve) {
		ask_for_names(sources, client->address, names);
	}
}

/* The first address that the name has. */
static void find_address(const struct access_sources *sources, struct str name,
			 struct access_client *client)
{
	struct resolved_name resolved = { 0 };
	struct hosts_answer answer;
	bool interrupted;

	if (sources->hosts) {
		if (hosts_find(sources->arena, sources->hosts, name, &answer))
			client->address = answer.addresses[0];
		return;
	}
	if (!sources->resolve)
		return;
	name_lookup(sources->arena, sources->root, &name, 1,
		    sources->deadline_ms, &resolved, &interrupted);
	if (resolved.status == NAME_FOUND && resolved.address_count)
		client->address = resolved.addresses[0];
}

bool access_client_find(const struct access_sources *sources, struct str text,
			struct access_client *client, struct failure *failure)
{
	struct server_operand operand;
	struct name_list names = { 0 };
	const char *problem;

	*client = (struct access_client){ .netgroups = sources->netgroups };
	if (!server_operand_parse(sources->arena, text, &operand, &problem) ||
	    operand.kind == SERVER_NETWORK)
		return failure_set(failure,
				   "'%.*s' is neither an address nor a host "
				   "name",
				   STR_ARG(text));
	client->address = operand.address;
	if (operand.kind == SERVER_NAME) {
		add_name(sources->arena, &names, str_of(operand.text));
		client->names_known = true;
		find_address(sources, str_of(operand.text), client);
	} else if (!sources->name) {
		find_names(sources, client, &names);
	}
	if (sources->name) {
		add_name(sources->arena, &names, str_of(sources->name));
		client->names_known = true;
	}
	client->names = names.list.items;
	client->name_count = names.list.count;
	return true;
}
