#include "host_addresses.h"

static size_t count_family(const struct resolved_name *name,
			   enum ip_family family)
{
	size_t count = 0;

	for (size_t i = 0; i < name->address_count; i++)
		count += name->addresses[i].family == family;
	return count;
}

static void check(struct rule_run *run, const struct export_entry *entry)
{
	const struct resolved_name *name = host_resolved(run, entry);

	if (!name ||
	    (count_family(name, IP_V4) < 2 && count_family(name, IP_V6) < 2))
		return;
	rule_report(run, entry, client_host_span(run, entry),
		    "`%.*s` is %s: all of them have its rights on %.*s%s",
		    STR_ARG(client_written(run, entry)),
		    host_addresses_text(run->arena, name),
		    STR_ARG(export_entry_path(run->arena, run->table, entry)),
		    name->address_count > CLIENT_ADDRESSES_MAX
			    ? ", but only the first 16"
			    : "");
}

const struct rule rule_hostname_multiple_addresses = {
	.slug = "hostname-multiple-addresses",
	.severity = SEVERITY_LOW,
	.needs = NEEDS_NAMES,
	.traits = TRAIT_ALL,
	.summary = "a host name with several addresses of one family",
	.rationale =
		"All hosts with one of these addresses have the rights of the "
		"client. exportfs keeps 16 addresses and forgets the others, "
		"and does not ask again when they change.",
	.remedy = "Write the addresses of the hosts that are meant, or a name "
		  "that only one host has.",
	.bad = "/srv/data two.example.com(rw)\n",
	.good = "/srv/data host.example.com(rw)\n",
	.references = (const char *const[]){ "exports(5), Machine Name Formats",
					     NULL },
	.check_entry = check,
};
