#include "remote_rules.h"

static void check(struct rule_run *run)
{
	remote_report_each(
		run, &remote_survey(run)->for_everybody,
		"everybody who reaches the server may mount %s",
		"let the server name the hosts or networks that need it");
}

const struct rule rule_remote_world_export = {
	.slug = "remote-world-export",
	.severity = SEVERITY_HIGH,
	.needs = NEEDS_REMOTE,
	.traits = TRAIT_ALL,
	.summary = "another server exports to everybody",
	.rationale =
		"An export without a list of clients, to `*` or to a network "
		"of length 0 is open to every host that gets a packet to the "
		"server. What its options are, read-only or not, the list "
		"does not say. A Linux server takes 0.0.0.0/0 for less than "
		"that; other servers do not.",
	.remedy = "Name hosts or networks in the server's exports, and keep "
		  "others away with a firewall.",
	.bad = "/srv *\n",
	.good = "/srv 10.1.0.0/16\n",
	.references = (const char *const[]){ "exports(5)",
					     "RFC 1813, section 5.2.5", NULL },
	.check_table = check,
};
