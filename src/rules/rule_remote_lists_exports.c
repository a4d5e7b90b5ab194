#include "remote_rules.h"

static void check(struct rule_run *run)
{
	const struct server_survey *survey = remote_survey(run);

	if (!survey->is_nfs4 && survey->exports)
		remote_report(run,
			      "%zu export%s told to whoever asks for the list",
			      survey->exports,
			      survey->exports == 1 ? " is" : "s are");
}

const struct rule rule_remote_lists_exports = {
	.slug = "remote-lists-exports",
	.severity = SEVERITY_INFO,
	.needs = NEEDS_REMOTE,
	.traits = TRAIT_ALL,
	.summary = "another server tells its exports to whoever asks",
	.rationale =
		"EXPORT of the MOUNT protocol needs no proof of who asks. The "
		"list tells strangers what there is to be had and which hosts "
		"they have to pretend to be.",
	.remedy =
		"Where all clients speak NFSv4 only, switch NFSv3 and with it "
		"mountd off; otherwise keep strangers away from rpcbind and "
		"mountd.",
	.bad = "/srv 10.1.0.0/16\n",
	.good = "no MOUNT service\n",
	.references = (const char *const[]){ "RFC 1813, section 5.2.5",
					     "CWE-200", NULL },
	.check_table = check,
};
