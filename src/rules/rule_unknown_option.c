#include "export_options.h"
#include "option_edits.h"

static void repair(struct rule_run *run, struct finding *finding,
		   enum export_problem problem)
{
	struct span span = finding->span;
	struct str name =
		str_range(finding_text(run, finding).data + span.begin,
			  finding_text(run, finding).data + span.end);
	const char *nearest;

	(void)problem;
	name.length = str_find(name, '=');
	nearest = export_option_nearest(run->arena, name);
	if (!nearest)
		return;
	finding->fix.description =
		arena_printf(run->arena, "write `%s`", nearest);
	rule_edit(
		run, finding,
		(struct span){ span.begin, span.begin + (uint32_t)name.length },
		nearest);
}

const struct rule rule_unknown_option = {
	.slug = "unknown-option",
	.severity = SEVERITY_HIGH,
	.summary = "an option that exportfs does not know",
	.rationale = "exportfs stops reading a file at the first option that "
		     "it does not know, and withdraws what stands behind it. "
		     "Debian's nfs-server unit ignores the exit status, so a "
		     "restart succeeds with half of the exports.",
	.remedy = "Correct the spelling; options are lower case and have no "
		  "blanks between them.",
	.bad = "/srv/data 10.1.0.0/16(rw,no_root_sqash)\n/srv/more "
	       "10.1.0.0/16(ro)\n",
	.good = "/srv/data 10.1.0.0/16(rw,root_squash)\n",
	.references =
		(const char *const[]){ "exports(5), General Options", NULL },
	.problems = (const enum export_problem[]){ PROBLEM_UNKNOWN_OPTION,
						   PROBLEM_NONE },
	.repair = repair,
};
