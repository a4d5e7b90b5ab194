/* The XML of Checkstyle, which many CI servers read. */
#include "lint_report.h"
#include "markup_text.h"

static void write_finding(FILE *out, const struct lint_report *report,
			  struct source *source, const struct finding *finding)
{
	struct source_position at =
		source_position(report->arena, source, finding->span.begin);

	fprintf(out, "    <error line=\"%u\" column=\"%u\" severity=\"%s\" ",
		at.line, at.column, lint_levels[finding->severity].checkstyle);
	fputs("message=\"", out);
	markup_write_foreign(out, str_of(finding->message));
	fprintf(out, "\" source=\"exportctl.%s\"/>\n", finding->rule->slug);
}

/* The findings of a document, from *next on. */
static void write_document(FILE *out, const struct lint_report *report,
			   struct lint_unit *unit, size_t *next)
{
	const struct finding_list *findings = &unit->findings;
	uint32_t document = findings->list.items[*next].document;
	struct source *source = lint_unit_source(unit, document);

	fputs("  <file name=\"", out);
	markup_write_foreign(out, str_of(source->name));
	fputs("\">\n", out);
	for (; *next < findings->list.count &&
	       findings->list.items[*next].document == document;
	     ++*next)
		if (!findings->list.items[*next].suppressed)
			write_finding(out, report, source,
				      &findings->list.items[*next]);
	fputs("  </file>\n", out);
}

void render_lint_checkstyle(FILE *out, const struct lint_report *report)
{
	fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	      "<checkstyle version=\"4.3\">\n",
	      out);
	for (size_t i = 0; i < report->units.count; i++) {
		struct lint_unit *unit = report->units.items[i];
		size_t next = 0;

		while (next < unit->findings.list.count)
			write_document(out, report, unit, &next);
	}
	fputs("</checkstyle>\n", out);
}
