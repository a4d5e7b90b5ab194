/* Findings for people, each with its line and what to do. */
#include "lint_report.h"
#include "source_snippet.h"
#include "text_escape.h"

static const char *const colors[SEVERITIES] = {
	[SEVERITY_INFO] = "\033[36m",	    [SEVERITY_LOW] = "\033[36m",
	[SEVERITY_MEDIUM] = "\033[33m",	    [SEVERITY_HIGH] = "\033[31m",
	[SEVERITY_CRITICAL] = "\033[1;31m",
};

static void write_place(FILE *out, const struct lint_report *report,
			struct lint_unit *unit, uint32_t document,
			uint32_t offset)
{
	struct source *source = lint_unit_source(unit, document);
	struct source_position at =
		source_position(report->arena, source, offset);

	text_escape_write(out, str_of(source->name));
	fprintf(out, ":%u:%u: ", at.line, at.column_chars);
}

static void write_note(FILE *out, const char *what, const char *text)
{
	fprintf(out, "      = %s: ", what);
	text_escape_write(out, str_of(text));
	putc('\n', out);
}

static void write_related(FILE *out, const struct lint_report *report,
			  struct lint_unit *unit, const struct finding *finding)
{
	for (size_t i = 0; i < finding->related.count; i++) {
		const struct finding_place *place = &finding->related.items[i];

		fputs("      = ", out);
		write_place(out, report, unit, place->document,
			    place->span.begin);
		text_escape_write(out, str_of(place->message));
		putc('\n', out);
	}
}

static void write_finding(FILE *out, const struct lint_report *report,
			  struct lint_unit *unit, const struct finding *finding)
{
	struct source *source = lint_unit_source(unit, finding->document);

	write_place(out, report, unit, finding->document, finding->span.begin);
	fprintf(out, "%s%s%s: ", report->color ? colors[finding->severity] : "",
		severity_names[finding->severity],
		report->color ? "\033[0m" : "");
	text_escape_write(out, str_of(finding->message));
	fprintf(out, " [%s]\n", finding->rule->slug);
	source_snippet_print(out, report->arena, source, finding->span,
			     finding->client_span);
	write_related(out, report, unit, finding);
	if (report->explain)
		write_note(out, "why", finding->rule->rationale);
	if (finding->fix.description)
		write_note(out, "fix", finding->fix.description);
	else if (report->explain)
		write_note(out, "fix", finding->rule->remedy);
}

void render_lint_text(FILE *out, const struct lint_report *report)
{
	for (size_t i = 0; i < report->units.count; i++) {
		struct lint_unit *unit = report->units.items[i];

		for (size_t k = 0; k < unit->findings.list.count; k++)
			write_finding(out, report, unit,
				      &unit->findings.list.items[k]);
	}
}
