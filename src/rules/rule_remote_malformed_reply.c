#include "remote_rules.h"

static void check(struct rule_run *run)
{
	const struct server_survey *survey = remote_survey(run);

	if (survey->malformed)
		remote_report(run,
			      "the server's reply is not what a sound "
			      "server sends: %s",
			      survey->error ? survey->error
					    : "names that no file can have");
	else if (survey->unprintable.count)
		remote_report(run,
			      "names of exports have bytes that are not "
			      "to be printed: %s",
			      remote_exports_text(run, &survey->unprintable));
}

const struct rule rule_remote_malformed_reply = {
	.slug = "remote-malformed-reply",
	.severity = SEVERITY_MEDIUM,
	.needs = NEEDS_REMOTE,
	.traits = TRAIT_ALL,
	.summary = "another server's reply is broken, or made to break clients",
	.rationale =
		"Lists without an end, lengths that do not fit and names with "
		"control characters come from broken servers, or from such as "
		"attack the programs that ask them. What could be read was "
		"kept.",
	.remedy =
		"Find out what answers there. Ask it with exports to see what "
		"it sends.",
	.bad = "/srv\\033[2J *\n",
	.good = "/srv 10.1.0.0/16\n",
	.references = (const char *const[]){ "RFC 4506",
					     "RFC 1813, section 5.2.5", NULL },
	.check_table = check,
};
