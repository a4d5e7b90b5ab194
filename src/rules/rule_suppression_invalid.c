#include "suppressions.h"

static void check(struct rule_run *run, const struct suppressions *suppressions)
{
	for (size_t i = 0; i < suppressions->invalid.count; i++) {
		const struct invalid_suppression *invalid =
			&suppressions->invalid.items[i];

		rule_report_place(run, invalid->document, invalid->span,
				  "this comment suppresses nothing: %s",
				  invalid->message);
	}
}

const struct rule rule_suppression_invalid = {
	.slug = "suppression-invalid",
	.severity = SEVERITY_MEDIUM,
	.traits = TRAIT_ALL,
	.summary = "a suppression comment that can't be understood",
	.rationale =
		"A comment that begins with \"exportctl:\" is there to "
		"suppress findings. One with a mistake suppresses none, and "
		"whoever wrote it believes that it does.",
	.remedy = "Write `# exportctl: ignore=RULE,... until=YYYY-MM-DD "
		  "reason=\"...\"` beside an export or in the line before it, "
		  "or with ignore-file= before the first export.",
	.bad = "/srv/pub *(ro) # exportctl: ignore=word-export\n",
	.good = "/srv/pub *.example.com(ro) # exportctl: "
		"ignore=wildcard-spans-labels reason=\"our own names\"\n",
	.check_suppressions = check,
};
