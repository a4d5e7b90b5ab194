#include "remote_rules.h"

static void check(struct rule_run *run)
{
	const struct server_survey *survey = remote_survey(run);

	if (survey->tells_mounts && survey->mounts)
		remote_report(
			run,
			"%zu mount%s told, with the names of the clients, "
			"to whoever asks for the list",
			survey->mounts, survey->mounts == 1 ? " is" : "s are");
}

const struct rule rule_remote_lists_clients = {
	.slug = "remote-lists-clients",
	.severity = SEVERITY_LOW,
	.needs = NEEDS_REMOTE,
	.traits = TRAIT_ALL,
	.summary = "another server tells its clients to whoever asks",
	.rationale =
		"DUMP of the MOUNT protocol needs no proof of who asks. The "
		"list names the hosts that have something mounted, which are "
		"the ones to pretend to be.",
	.remedy =
		"Where all clients speak NFSv4 only, switch NFSv3 and with it "
		"mountd off; otherwise keep strangers away from rpcbind and "
		"mountd.",
	.bad = "/srv 10.1.0.5\n",
	.good = "no list of mounts\n",
	.references = (const char *const[]){ "RFC 1813, section 5.2.2",
					     "CWE-200", NULL },
	.check_table = check,
};
