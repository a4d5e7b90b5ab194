#include "remote_rules.h"

static void check(struct rule_run *run)
{
	remote_report_each(
		run, &remote_survey(run)->with_none,
		"who uses %s need not even claim to be somebody, sec=none",
		"export it without sec=none");
}

const struct rule rule_remote_auth_none = {
	.slug = "remote-auth-none",
	.severity = SEVERITY_HIGH,
	.needs = NEEDS_REMOTE,
	.traits = TRAIT_ALL,
	.summary = "another server accepts AUTH_NONE",
	.rationale = "With AUTH_NONE a request says nothing of the user, and "
		     "everybody is the anonymous one.",
	.remedy = "Leave none out of the list of flavors.",
	.bad = "/srv sec=none\n",
	.good = "/srv sec=krb5p\n",
	.references = (const char *const[]){ "RFC 5531, section 10.1",
					     "exports(5), sec=", NULL },
	.check_table = check,
};
