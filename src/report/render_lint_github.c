/* Workflow commands of GitHub Actions, which become annotations of lines. */
#include "lint_report.h"
#include "text_escape.h"

/* Writes text as commands want it: escaped as everywhere, and then what would
 * end a property or the command. */
static void write_escaped(FILE *out, const char *text, const char *special)
{
	struct strbuf plain = { 0 };

	text_escape(&plain, str_of(text));
	for (size_t i = 0; i < plain.length; i++)
		if (strchr(special, plain.data[i]))
			fprintf(out, "%%%02X",
				(unsigned)(unsigned char)plain.data[i]);
		else
			putc(plain.data[i], out);
	strbuf_free(&plain);
}

static void write_finding(FILE *out, const struct lint_report *report,
			  struct lint_unit *unit, const struct finding *finding)
{
	struct source *source = lint_unit_source(unit, finding->document);
	struct source_position begin =
		source_position(report->arena, source, finding->span.begin);
	struct source_position end =
		source_position(report->arena, source, finding->span.end);

	fprintf(out, "::%s file=", lint_levels[finding->severity].github);
	write_escaped(out, source->name, "%:,");
	fprintf(out, ",line=%u,endLine=%u,col=%u,endColumn=%u,title=%s::",
		begin.line, end.line, begin.column, end.column,
		finding->rule->slug);
	write_escaped(out, finding->message, "%");
	putc('\n', out);
}

void render_lint_github(FILE *out, const struct lint_report *report)
{
	lint_report_each(out, report, write_finding);
}
