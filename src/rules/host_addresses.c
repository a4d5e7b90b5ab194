#include "host_addresses.h"

/* Addresses that a message names. */
enum { SHOWN = 3 };

const struct resolved_name *host_resolved(const struct rule_run *run,
					  const struct export_entry *entry)
{
	const struct export_table_input *input = &run->table->input;
	uint32_t number;

	if (!input->names || rule_client(run, entry)->type != CLIENT_HOST)
		return NULL;
	number = text_set_find(&input->lookups->names,
			       client_written(run, entry));
	if (number == UINT32_MAX || input->names[number].status != NAME_FOUND)
		return NULL;
	return &input->names[number];
}

const struct netgroup_facts *host_netgroup(const struct rule_run *run,
					   const struct export_entry *entry)
{
	const struct name_facts *facts = run->local ? run->local->names : NULL;

	if (!facts || rule_client(run, entry)->type != CLIENT_NETGROUP)
		return NULL;
	return &facts->netgroups[entry->client];
}

const char *host_addresses_text(struct arena *arena,
				const struct resolved_name *name)
{
	size_t shown =
		name->address_count < SHOWN ? name->address_count : SHOWN;
	char address[IP_ADDRESS_TEXT];
	const char *text = "";

	for (size_t i = 0; i < shown; i++)
		text = arena_printf(
			arena, "%s%s%s", text, i ? ", " : "",
			ip_address_text(name->addresses[i], address));
	if (shown == name->address_count)
		return text;
	return arena_printf(arena, "%s and %zu more", text,
			    name->address_count - shown);
}

static bool is_own(const struct rule_run *run, struct ip_address address)
{
	const struct name_facts *names = run->local ? run->local->names : NULL;

	if (address_use_of(address) == ADDRESS_LOOPBACK)
		return true;
	for (size_t i = 0; names && i < names->own.count; i++)
		if (ip_address_equal(names->own.items[i], address))
			return true;
	return false;
}

/* Known by everybody, whether names are asked or not. */
static bool is_local_name(struct str host)
{
	static const char *const names[] = {
		"localhost",  "localhost.localdomain", "localhost4",
		"localhost6", "ip6-localhost",	       "ip6-loopback",
		NULL
	};

	for (const char *const *name = names; *name; name++)
		if (str_equal_nocase(host, str_of(*name)))
			return true;
	return false;
}

bool host_is_this_server(const struct rule_run *run,
			 const struct export_entry *entry)
{
	const struct resolved_name *name = host_resolved(run, entry);
	struct client_range range;

	if (client_range_of(run, entry, &range))
		return range.use == ADDRESS_LOOPBACK ||
		       (!range.network && is_own(run, range.address));
	for (size_t i = 0; name && i < name->address_count; i++)
		if (is_own(run, name->addresses[i]))
			return true;
	return is_local_name(client_written(run, entry));
}

bool host_netgroup_is_empty(const struct rule_run *run,
			    const struct export_entry *entry)
{
	const struct netgroup_facts *group = host_netgroup(run, entry);

	return group && group->status == NAME_FOUND && !group->any_host &&
	       !group->hosts.count;
}
