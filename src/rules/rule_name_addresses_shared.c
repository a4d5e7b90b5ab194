#include "host_addresses.h"

/* Does the client of that name have just these addresses? */
static bool same_addresses(const struct resolved_name *name,
			   const struct export_client *client)
{
	size_t count = name->address_count < CLIENT_ADDRESSES_MAX
			       ? name->address_count
			       : CLIENT_ADDRESSES_MAX;

	if (client->address_count != count)
		return false;
	for (size_t i = 0; i < count; i++)
		if (!ip_address_equal(name->addresses[i], client->addresses[i]))
			return false;
	return true;
}

static void check(struct rule_run *run, const struct export_entry *entry)
{
	const struct resolved_name *name = host_resolved(run, entry);
	const struct export_client *client = rule_client(run, entry);

	if (!name || same_addresses(name, client))
		return;
	rule_report(run, entry, client_host_span(run, entry),
		    "exportfs takes `%.*s` for `%.*s`, which shares an address "
		    "with it, so %.*s is exported to the addresses of the "
		    "latter",
		    STR_ARG(client_written(run, entry)), STR_ARG(client->name),
		    STR_ARG(export_entry_path(run->arena, run->table, entry)));
}

const struct rule rule_name_addresses_shared = {
	.slug = "name-addresses-shared",
	.severity = SEVERITY_MEDIUM,
	.needs = NEEDS_NAMES,
	.traits = TRAIT_ALL,
	.summary = "two host names of the table share an address",
	.rationale =
		"exportfs takes names that share an address for one client, "
		"under the name that comes first in the table. One of them "
		"gets the exports of the other, or loses its own addresses, "
		"depending on their order.",
	.remedy = "Use one name for the host everywhere, or write its address.",
	.bad = "/srv/data host.example.com(rw)\n/srv/more "
	       "other.example.com(rw)\n",
	.good = "/srv/data host.example.com(rw)\n/srv/more "
		"host.example.com(rw)\n",
	.references = (const char *const[]){ "exports(5), Machine Name Formats",
					     NULL },
	.check_entry = check,
};
