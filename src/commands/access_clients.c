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

	if (sources->name) {
		add_name(sources->arena, &names, str_of(sources->name));
	} else if (sources->hosts) {
		struct hosts_names found =
			hosts_find_names(sources->hosts, address);

		for (size_t i = 0; i < found.count; i++)
			add_name(sources->arena, &names, found.items[i].name);
	} else if (sources->resolve) {
		ask_for_names(sources, address, &names);
	}
	set_names(&client, &names,
		  sources->name || sources->hosts || sources->resolve);
	return client;
}

struct address_list {
	const struct ip_address *items;
	size_t count;
};

static struct address_list addresses_of(const struct access_sources *sources,
					struct str name)
{
	struct address_list found = { 0 };
	struct resolved_name resolved = { 0 };
	struct hosts_answer answer;
	bool interrupted;

	if (sources->hosts) {
		if (hosts_find(sources->arena, sources->hosts, name, &answer))
			found = (struct address_list){ answer.addresses,
						       answer.count };
	} else if (sources->resolve) {
		name_lookup(sources->arena, sources->root, &name, 1,
			    sources->deadline_ms, &resolved, &interrupted);
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

	add_name(sources->arena, &names, name);
	if (sources->name)
		add_name(sources->arena, &names, str_of(sources->name));
	set_names(&client, &names, true);
	if (!addresses.count)
		*ARRAY_ADD(sources->arena, &clients->list) = client;
	for (size_t i = 0; i < addresses.count; i++) {
		client.address = addresses.items[i];
		*ARRAY_ADD(sources->arena, &clients->list) = client;
	}
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

bool access_client_find(const struct access_sources *sources, struct str text,
			struct access_client *client, struct failure *failure)
{
	struct access_clients clients;

	if (!access_clients_find(sources, text, &clients, failure))
		return false;
	*client = clients.list.items[0];
	return true;
}
