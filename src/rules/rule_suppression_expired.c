#include "suppressions.h"

static void check_comment(struct rule_run *run,
			  const struct suppressions *suppressions,
			  const struct suppression *comment)
{
	char text[CALENDAR_DATE_TEXT];

	if (suppression_is_expired(suppressions, comment->until) &&
	    comment->names.count)
		rule_report_place(run, comment->document,
				  comment->names.items[0].span,
				  "this suppression ended on %s",
				  calendar_date_text(comment->until, text));
}

static void check_waiver(struct rule_run *run,
			 const struct suppressions *suppressions,
			 const struct waiver *waiver)
{
	char text[CALENDAR_DATE_TEXT];

	if (waiver->used && suppression_is_expired(suppressions, waiver->until))
		rule_report_local(run, suppressions->config, waiver->span,
				  "this waiver ended on %s",
				  calendar_date_text(waiver->until, text));
}

static void check(struct rule_run *run, const struct suppressions *suppressions)
{
	suppressions_each(run, suppressions, check_comment, check_waiver);
}

const struct rule rule_suppression_expired = {
	.slug = "suppression-expired",
	.severity = SEVERITY_LOW,
	.traits = TRAIT_ALL,
	.summary = "a suppression or waiver whose last day is over",
	.rationale = "It was given until a day that has passed. What it hid "
		     "is reported again.",
	.remedy = "Repair what was suppressed, or give it another day.",
	.bad = "/srv/pub *(ro) # exportctl: ignore=world-export "
	       "until=2001-12-31\n",
	.good = "/srv/pub *.example.com(ro) # exportctl: "
		"ignore=wildcard-spans-labels until=9999-12-31\n",
	.check_suppressions = check,
};
