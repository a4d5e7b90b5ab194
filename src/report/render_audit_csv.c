/* The findings of an audit for a spreadsheet. */
#include "audit_report.h"
#include "csv_cell.h"
#include "finding_fingerprint.h"

static void write_finding(FILE *out, const struct lint_report *report,
			  struct lint_unit *unit, const struct finding *finding)
{
	struct source *source = lint_unit_source(unit, finding->document);
	struct source_position at =
		source_position(report->arena, source, finding->span.begin);
	char fingerprint[FINGERPRINT_TEXT];

	fprintf(out, "%s,%s,", severity_names[finding->severity],
		finding->rule->slug);
	csv_write_cell(out, finding->path);
	fputc(',', out);
	csv_write_cell(out, finding->client);
	fputc(',', out);
	csv_write_cell(out, str_of(source->name));
	fputc(',', out);
	if (finding->span.end)
		fprintf(out, "%u", at.line);
	fputc(',', out);
	csv_write_cell(out, str_of(finding->message));
	fprintf(out, ",%s\r\n",
		fingerprint_text(finding->fingerprint, fingerprint));
}

void render_audit_csv(FILE *out, const struct audit_report *report)
{
	fputs("severity,rule,path,client,file,line,message,fingerprint\r\n",
	      out);
	lint_report_each_sorted(out, &report->lint, write_finding);
}
