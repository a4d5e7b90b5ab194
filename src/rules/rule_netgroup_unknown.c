#include "host_addresses.h"

static void check_group(struct rule_run *run, const struct export_entry *entry)
{
	const struct netgroup_facts *group = host_netgroup(run, entry);

	if (group && group->status == NAME_NOT_FOUND)
		rule_report(run, entry, client_host_span(run, entry),
			    "the name services know no netgroup `%.*s`, so "
			    "nobody gets in to %.*s through it",
			    STR_ARG(str_skip(client_written(run, entry), 1)),
			    STR_ARG(export_entry_path(run->arena, run->table,
						      entry)));
}

static void check(struct rule_run *run, const struct export_entry *entry)
{
	struct finding *finding;

	if (!str_is(rule_client(run, entry)->name, "@")) {
		check_group(run, entry);
		return;
	}
	finding = rule_report(
		run, entry, client_host_span(run, entry),
		"`@` names no netgroup, so nobody gets in to %.*s through it",
		STR_ARG(export_entry_path(run->arena, run->table, entry)));
	finding->fix.description =
		"write the name of the netgroup behind `@`, without a blank";
}

const struct rule rule_netgroup_unknown = {
	.slug = "netgroup-unknown",
	.severity = SEVERITY_HIGH,
	.traits = TRAIT_ALL,
	.summary = "a netgroup that does not exist, or has no name",
	.rationale = "exportfs takes any netgroup without a word, a lone @ as "
		     "well. No host is in a group that does not exist, so "
		     "those that it was written for get nothing. The name "
		     "services are asked with --resolve only.",
	.remedy = "Write the name of the netgroup directly behind the @, and "
		  "look with getent(1) whether the server knows it.",
	.bad = "/srv/data @(rw)\n",
	.good = "/srv/data @trusted(rw)\n",
	.references = (const char *const[]){ "exports(5), Machine Name Formats",
					     "netgroup(5)", NULL },
	.check_entry = check,
};
