#include "client_rules.h"
#include "host_names.h"

/* What needs no look-up to know. A name that was asked in vain is not loaded,
 * and told by its diagnostic. */
static void check(struct rule_run *run, const struct export_entry *entry)
{
	struct finding *finding;

	if (host_word_of(run, entry) != HOST_BAD_ADDRESS)
		return;
	finding = rule_report(run, entry, client_host_span(run, entry),
			      "`%.*s` is no address and no host has such a "
			      "name, so exportfs leaves it out",
			      STR_ARG(client_written(run, entry)));
	finding->fix.description = "write an address or a network";
}

const struct rule rule_hostname_unresolvable = {
	.slug = "hostname-unresolvable",
	.severity = SEVERITY_HIGH,
	.traits = TRAIT_ALL,
	.loses = true,
	.summary = "a host that has no address",
	.rationale = "exportfs leaves out a host whose address it can't find, "
		     "and still succeeds. After a boot without the name "
		     "service the host has no access until somebody runs "
		     "exportfs again. Names are looked up with --resolve "
		     "only; a malformed address shows without.",
	.remedy = "Correct the name, add it to /etc/hosts, or write the "
		  "address.",
	.bad = "/srv/data 10.1.0.300(rw)\n",
	.good = "/srv/data 10.1.0.30(rw)\n",
	.references = (const char *const[]){ "exports(5), Machine Name Formats",
					     "exportfs(8)", NULL },
	.problems = (const enum export_problem[]){ PROBLEM_UNRESOLVED,
						   PROBLEM_NONE },
	.check_entry = check,
};
