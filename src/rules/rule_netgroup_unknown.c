#include "client_rules.h"

static void check(struct rule_run *run, const struct export_entry *entry)
{
	struct finding *finding;

	if (!str_is(rule_client(run, entry)->name, "@"))
		return;
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
	.summary = "a netgroup without a name",
	.rationale = "exportfs takes a lone @ without a word. No host is in a "
		     "group without a name, so those that it was written for "
		     "get nothing.",
	.remedy = "Write the name of the netgroup directly behind the @.",
	.bad = "/srv/data @(rw)\n",
	.good = "/srv/data @trusted(rw)\n",
	.references = (const char *const[]){ "exports(5), Machine Name Formats",
					     "netgroup(5)", NULL },
	.check_entry = check,
};
