#include "remote_rules.h"

static void check(struct rule_run *run)
{
	const struct server_survey *survey = remote_survey(run);
	struct finding *finding;

	if (survey->from_reserved_port || !survey->entered.count)
		return;
	finding = remote_report(
		run,
		"any user of a client, not only root, can send requests for "
		"%s, since a port above 1023 is good enough",
		remote_exports_text(run, &survey->entered));
	finding->fix.description = "export it with `secure`";
}

const struct rule rule_remote_insecure_port = {
	.slug = "remote-insecure-port",
	.severity = SEVERITY_MEDIUM,
	.needs = NEEDS_REMOTE,
	.traits = TRAIT_ALL,
	.summary = "another server takes requests from ports above 1023",
	.rationale =
		"On a client only root can send from a port below 1024. A "
		"server that takes others lets each user of a client claim to "
		"be any other. This program came from such a port, and was "
		"let into the export.",
	.remedy = "Export with `secure`, which is the default of Linux, unless "
		  "clients behind an address translation need otherwise.",
	.bad = "/srv reached from port 40000\n",
	.good = "/srv refused from port 40000\n",
	.references = (const char *const[]){ "exports(5), secure", NULL },
	.check_table = check,
};
