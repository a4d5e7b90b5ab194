#include "option_edits.h"

static void repair(struct rule_run *run, struct finding *finding,
		   enum export_problem problem)
{
	/* of two that are equally near the stronger one */
	static const char *const known[] = { "mtls", "tls", "none", NULL };

	(void)problem;
	option_edit_nearest(run, finding, known);
}

const struct rule rule_unknown_xprtsec_mode = {
	.slug = "unknown-xprtsec-mode",
	.severity = SEVERITY_HIGH,
	.traits = TRAIT_ALL,
	.summary = "a transport security mode that exportfs does not know",
	.rationale = "The modes are none, tls and mtls, in lower case, with "
		     "colons between them. exportfs stops reading the file at "
		     "any other, with a message that names neither file nor "
		     "line, and withdraws what stands behind it.",
	.remedy = "Correct the spelling.",
	.bad = "/srv/data 10.1.0.0/24(rw,xprtsec=mutual)\n/srv/more "
	       "10.1.0.0/24(ro)\n",
	.good = "/srv/data 10.1.0.0/24(rw,xprtsec=mtls)\n/srv/more "
		"10.1.0.0/24(ro)\n",
	.references =
		(const char *const[]){ "exports(5), General Options",
				       "RFC 9289: Towards Remote Procedure "
				       "Call Encryption by Default",
				       NULL },
	.problems = (const enum export_problem[]){ PROBLEM_UNKNOWN_XPRTSEC_MODE,
						   PROBLEM_NONE },
	.repair = repair,
};
