#include "remote_rules.h"

static void check(struct rule_run *run)
{
	enum { BEFORE_4 = 1 << 2 | 1 << 3 };
	const struct server_survey *survey = remote_survey(run);

	if (!survey->is_nfs4)
		return;
	if (survey->nfs_versions & BEFORE_4)
		remote_report(run,
			      "the server speaks older versions than NFSv4, "
			      "too, but its MOUNT service gives no list: this "
			      "is the part of it that this host may see");
	else
		remote_report(run,
			      "the server speaks NFSv4 only: this is the part "
			      "of it that this host may see");
}

const struct rule rule_remote_v4_only = {
	.slug = "remote-v4-only",
	.severity = SEVERITY_INFO,
	.needs = NEEDS_REMOTE,
	.traits = TRAIT_ALL,
	.summary = "another server shows its exports over NFSv4 only",
	.rationale =
		"There is no MOUNT service, or a firewall before it, and so no "
		"list of exports with their clients. What is known comes from "
		"a walk through the "
		"pseudo file system, which a server shows each client as far "
		"as it may go.",
	.remedy = "Nothing is wrong. To judge all exports, run audit on the "
		  "server itself.",
	.bad = "nfs4.2\n",
	.good = "mount3/tcp\n",
	.references = (const char *const[]){ "RFC 7530, section 7.3",
					     "RFC 8881, section 7.3", NULL },
	.check_table = check,
};
