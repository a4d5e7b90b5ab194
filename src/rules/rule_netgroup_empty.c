#include "host_addresses.h"

static void check(struct rule_run *run, const struct export_entry *entry)
{
	if (!host_netgroup_is_empty(run, entry))
		return;
	rule_report(run, entry, client_host_span(run, entry),
		    "the netgroup `%.*s` has no host, so nobody gets in to "
		    "%.*s through it",
		    STR_ARG(str_skip(client_written(run, entry), 1)),
		    STR_ARG(export_entry_path(run->arena, run->table, entry)));
}

const struct rule rule_netgroup_empty = {
	.slug = "netgroup-empty",
	.severity = SEVERITY_HIGH,
	.needs = NEEDS_NAMES,
	.traits = TRAIT_ALL,
	.summary = "a netgroup without hosts",
	.rationale = "The group exists, but none of its entries names a host: "
		     "it is empty, the groups within it are, or its entries "
		     "have - in the place of the host, as groups of users do. "
		     "Those that it was written for get nothing.",
	.remedy = "Add the hosts to the group, or name another one.",
	.bad = "/srv/data @nobody(rw)\n",
	.good = "/srv/data @trusted(rw)\n",
	.references = (const char *const[]){ "exports(5), Machine Name Formats",
					     "netgroup(5)", NULL },
	.check_entry = check,
};
