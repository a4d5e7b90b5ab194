/* One line for a finding, as compilers print them for editors. */
#include "lint_report.h"
#include "text_escape.h"

static void write_finding(FILE *out, const struct lint_report *report,
			  struct lint_unit *unit, const struct finding *finding)
{
	struct source *source = lint_unit_source(unit, finding->document);
	struct source_position at =
		source_position(report->arena, source, finding->span.begin);

	text_escape_write(out, str_of(source->name));
	fprintf(out, ":%u:%u: %s: ", at.line, at.column,
		lint_levels[finding->severity].gcc);
	text_escape_write(out, str_of(finding->message));
	fprintf(out, " [%s]\n", finding->rule->slug);
}

void render_lint_gcc(FILE *out, const struct lint_report *report)
{
	lint_report_each(out, report, write_finding);
}
