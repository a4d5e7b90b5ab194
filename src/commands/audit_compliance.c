#include "audit_compliance.h"

#include "rule_catalog.h"

static const struct {
	audit_renderer *report;
	compliance_renderer *compliance;
} renderers[] = {
	{ render_audit_text, render_compliance_text },
	{ render_audit_csv, render_compliance_csv },
	{ render_audit_json, render_compliance_json },
};

compliance_renderer *audit_compliance_renderer(audit_renderer *format)
{
	for (size_t i = 0; i < sizeof(renderers) / sizeof(*renderers); i++)
		if (renderers[i].report == format)
			return renderers[i].compliance;
	return NULL;
}

/* Could the rule find everything that it is there for? */
static bool could_find(const struct lint_run *run,
		       const struct audit_report *report, size_t rule)
{
	return run->judge.choices[rule].on &&
	       !(report->live->unchecked.count &&
		 (rule_catalog[rule]->needs & NEEDS_LIVE));
}

void audit_compliance_make(const struct lint_run *run,
			   const struct audit_report *report,
			   const struct finding_list *findings, int name,
			   bool files_read, struct compliance *compliance)
{
	struct arena *arena = run->context->arena;
	bool *ran = arena_alloc_array(arena, rule_count, sizeof(*ran));

	for (size_t i = 0; i < rule_count; i++)
		ran[i] = files_read && could_find(run, report, i);
	*compliance = (struct compliance){
		.arena = arena,
		.host = report->host,
		.unit = report->lint.units.items[0],
		.findings = *findings,
	};
	compliance_judge(compliance, name, ran);
}
