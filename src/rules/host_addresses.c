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
