#include "option_edits.h"

static void repair(struct rule_run *run, struct finding *finding,
		   enum export_problem problem)
{
	/* of two that are equally near the stronger one */
	static const char *const known[] = { "sys",  "krb5p", "krb5i", "krb5",
					     "none", "unix",  "null",  NULL };

	(void)problem;
	option_edit_nearest(run, finding, known);
}

const struct rule rule_unknown_sec_flavor = {
	.slug = "unknown-sec-flavor",
	.severity = SEVERITY_HIGH,
	.traits = TRAIT_ALL,
	.summary = "a security flavor that exportfs does not know",
	.rationale =
		"The flavors are sys, krb5, krb5i, krb5p and none, in lower "
		"case, with colons between them. exportfs stops reading the "
		"file at any other, with a message that names neither file nor "
		"line, and withdraws what stands behind it.",
	.remedy = "Correct the spelling.",
	.bad = "/srv/data 10.1.0.0/24(rw,sec=krb5:krb)\n/srv/more "
	       "10.1.0.0/24(ro)\n",
	.good = "/srv/data 10.1.0.0/24(rw,sec=krb5p)\n/srv/more "
		"10.1.0.0/24(ro)\n",
	.references = (const char *const[]){ "exports(5), RPCSEC_GSS security",
					     NULL },
	.problems = (const enum export_problem[]){ PROBLEM_UNKNOWN_FLAVOR,
						   PROBLEM_NONE },
	.repair = repair,
};
