#include "option_edits.h"

/* The option of no length stands behind one comma, or before one. */
static void repair(struct rule_run *run, struct finding *finding,
		   enum export_problem problem)
{
	struct str text = finding_text(run, finding);
	uint32_t at = finding->span.begin;

	(void)problem;
	finding->fix.description = "delete the comma";
	if (at && text.data[at - 1] == ',')
		rule_edit(run, finding, (struct span){ at - 1, at }, "");
	else if (at < text.length && text.data[at] == ',')
		rule_edit(run, finding, (struct span){ at, at + 1 }, "");
}

const struct rule rule_empty_option = {
	.slug = "empty-option",
	.severity = SEVERITY_HIGH,
	.traits = TRAIT_ALL,
	.summary = "an option list with nothing between two commas",
	.rationale =
		"An empty option is an unknown one to exportfs, except behind "
		"a comma at the very end of the list. It stops reading the "
		"file there, and withdraws what stands behind it.",
	.remedy = "Delete the comma that is too much.",
	.bad = "/srv/data 10.1.0.0/24(rw,,sync)\n/srv/more 10.1.0.0/24(ro)\n",
	.good = "/srv/data 10.1.0.0/24(rw,sync)\n/srv/more 10.1.0.0/24(ro)\n",
	.references =
		(const char *const[]){ "exports(5), General Options", NULL },
	.problems = (const enum export_problem[]){ PROBLEM_EMPTY_OPTION,
						   PROBLEM_NONE },
	.repair = repair,
};
