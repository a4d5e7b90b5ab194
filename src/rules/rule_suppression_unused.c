#include "rule_catalog.h"
#include "suppressions.h"

static void check_comment(struct rule_run *run,
			  const struct suppressions *suppressions,
			  const struct suppression *comment)
{
	if (suppression_is_expired(suppressions, comment->until))
		return;
	for (size_t i = 0; i < comment->names.count; i++) {
		const struct suppressed_name *name = &comment->names.items[i];

		if (!name->used && suppressions->ran[rule_index(name->rule)])
			rule_report_place(run, comment->document, name->span,
					  "there is nothing to suppress: %s "
					  "has no finding here",
					  name->rule->slug);
	}
}

static void check_waiver(struct rule_run *run,
			 const struct suppressions *suppressions,
			 const struct waiver *waiver)
{
	if (suppressions->whole && !waiver->used && !waiver->server)
		rule_report_local(run, suppressions->config, waiver->span,
				  "there is nothing to waive: no finding "
				  "fits");
}

static void check(struct rule_run *run, const struct suppressions *suppressions)
{
	suppressions_each(run, suppressions, check_comment, check_waiver);
}

const struct rule rule_suppression_unused = {
	.slug = "suppression-unused",
	.severity = SEVERITY_LOW,
	.traits = TRAIT_ALL,
	.summary = "a suppression or waiver that no finding needs",
	.rationale =
		"What it was written for is gone. Left in place it hides the "
		"next mistake of the same kind.",
	.remedy = "Delete the comment or the waiver.",
	.bad = "/srv/data 10.1.0.0/24(ro) # exportctl: ignore=no-root-squash\n",
	.good = "/srv/data 10.1.0.0/24(ro)\n",
	.check_suppressions = check,
};
