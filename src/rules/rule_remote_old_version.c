#include "remote_rules.h"

static void check(struct rule_run *run)
{
	enum { VERSION_2 = 1 << 2 };
	const struct server_survey *survey = remote_survey(run);
	struct finding *finding;

	if (!(survey->nfs_versions & VERSION_2))
		return;
	finding = remote_report(run, "the server speaks NFSv2");
	finding->fix.description = "write `vers2=n` in the server's nfs.conf";
}

const struct rule rule_remote_old_version = {
	.slug = "remote-old-version",
	.severity = SEVERITY_MEDIUM,
	.needs = NEEDS_REMOTE,
	.traits = TRAIT_ALL,
	.summary = "another server speaks NFSv2",
	.rationale =
		"NFSv2 knows no other proof of who asks than the user id that "
		"the client names, no files above 2 GiB and no safe writes. "
		"No client of the last twenty years needs it.",
	.remedy = "Switch NFSv2 off.",
	.bad = "nfs 2 3 4\n",
	.good = "nfs 3 4\n",
	.references = (const char *const[]){ "RFC 1094",
					     "RFC 1813, section 1.1", NULL },
	.check_table = check,
};
