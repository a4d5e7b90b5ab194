/* One line on a fleet for Nagios and its like: status, text, a bar, performance
 * data. Names of servers are the only foreign bytes, and few of them are told.
 */
#include "fleet_report.h"
#include "text_escape.h"

enum { SILENT_NAMED = 3 };

/* The bar is what ends the text. */
static void write_name(FILE *out, const char *name)
{
	struct strbuf plain = { 0 };

	text_escape(&plain, str_of(name));
	for (size_t i = 0; i < plain.length; i++)
		if (plain.data[i] == '|')
			fputs("\\174", out);
		else
			fputc(plain.data[i], out);
	strbuf_free(&plain);
}

static void write_silent(FILE *out, const struct fleet_report *report)
{
	size_t silent = report->servers.count - report->answered, named = 0;

	if (!silent)
		return;
	fputs("; no full answer from ", out);
	for (size_t i = 0; i < report->servers.count; i++) {
		const struct server_survey *survey =
			&report->servers.items[i]->survey;

		if (survey->answered || named == SILENT_NAMED)
			continue;
		fputs(named++ ? ", " : "", out);
		write_name(out, survey->host);
	}
	if (silent > named)
		fprintf(out, " and %zu more", silent - named);
}

static size_t count_exports(const struct fleet_report *report)
{
	size_t count = 0;

	for (size_t i = 0; i < report->servers.count; i++)
		count += report->servers.items[i]->survey.exports;
	return count;
}

/* Of the most exposed server, if any has a number. */
static void write_exposure(FILE *out, const struct fleet_report *report)
{
	const struct fleet_server *most = fleet_report_most_exposed(report);
	char number[EXPOSURE_TEXT];

	if (most)
		fprintf(out, " exposure=%s",
			exposure_text(most->exposure.tenths, number));
}

void render_fleet_nagios(FILE *out, const struct fleet_report *report)
{
	const size_t *counts = report->lint.counts;
	struct strbuf text = { 0 };

	fleet_report_head(report, &text);
	strbuf_add_text(&text, ": ");
	lint_report_counts(&report->lint, &text);
	fprintf(out, "EXPORTS %s - %s",
		nagios_status_name(fleet_report_nagios(report)), text.data);
	strbuf_free(&text);
	write_silent(out, report);
	fputs(report->lint.partial ? "; interrupted |" : " |", out);
	for (int i = SEVERITY_CRITICAL; i >= (int)report->least; i--)
		fprintf(out, " %s=%zu", severity_names[i], counts[i]);
	fprintf(out, " servers=%zu answered=%zu exports=%zu",
		report->servers.count, report->answered, count_exports(report));
	write_exposure(out, report);
	fputs("\n", out);
}
