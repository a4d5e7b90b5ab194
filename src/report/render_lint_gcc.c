/* One line for a finding, as compilers print them for editors. */
#include "lint_report.h"
#include "text_escape.h"

static const char *const levels[SEVERITIES] = {
	[SEVERITY_INFO] = "note",      [SEVERITY_LOW] = "note",
	[SEVERITY_MEDIUM] = "warning", [SEVERITY_HIGH] = "error",
	[SEVERITY_CRITICAL] = "error",
};

static void write_finding(FILE *out, const struct lint_report *report,
			  struct lint_unit *unit, const struct finding *finding)
{
	struct source *source = lint_unit_source(unit, finding->document);
	struct source_position at =
		source_position(report->arena, source, finding->span.begin);

	text_escape_write(out, str_of(source->name));
	fprintf(out, ":%u:%u: %s: ", at.line, at.column,
		levels[finding->severity]);
	text_escape_write(out, str_of(finding->message));
	fprintf(out, " [%s]\n", finding->rule->slug);
}

void render_lint_gcc(FILE *out, const struct lint_report *report)
{
	for (size_t i = 0; i < report->units.count; i++) {
		struct lint_unit *unit = report->units.items[i];

		for (size_t k = 0; k < unit->findings.list.count; k++)
			if (!unit->findings.list.items[k].suppressed)
				write_finding(out, report, unit,
					      &unit->findings.list.items[k]);
	}
}
