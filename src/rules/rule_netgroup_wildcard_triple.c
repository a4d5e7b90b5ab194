#include "host_addresses.h"

static void check(struct rule_run *run, const struct export_entry *entry)
{
	const struct netgroup_facts *group = host_netgroup(run, entry);

	if (!group || group->status != NAME_FOUND || !group->any_host)
		return;
	rule_report(run, entry, client_host_span(run, entry),
		    "the netgroup `%.*s` has an entry without a host, so every "
		    "host whose address has a name may %s %.*s",
		    STR_ARG(str_skip(client_written(run, entry), 1)),
		    client_can_write(rule_policy(run, entry)) ? "read and write"
							      : "read",
		    STR_ARG(export_entry_path(run->arena, run->table, entry)));
}

const struct rule rule_netgroup_wildcard_triple = {
	.slug = "netgroup-wildcard-triple",
	.severity = SEVERITY_HIGH,
	.needs = NEEDS_NAMES,
	.traits = TRAIT_CLIENTS,
	.summary = "a netgroup that holds every host",
	.rationale =
		"exports(5) says that only the host of a netgroup's entries is "
		"looked at and that empty ones are ignored. But an empty field "
		"stands for any host, and mountd asks in a way that finds it: "
		"through (,user,) or (,,) everybody whose address has a name "
		"in DNS is in the group.",
	.remedy = "Write - in the place of the host where an entry is meant "
		  "for a user, or name the hosts.",
	.bad = "/srv/data @everybody(rw)\n",
	.good = "/srv/data @trusted(rw)\n",
	.references = (const char *const[]){ "exports(5), Machine Name Formats",
					     "netgroup(5), innetgr(3)",
					     "CWE-284: Improper Access Control",
					     NULL },
	.check_entry = check,
};
