/* The report on a fleet, as cron mails it: what is common to its servers, a
 * page for each that something is to be said of, and those that gave no answer.
 */
#include "fleet_report.h"
#include "rule_catalog.h"
#include "text_wrap.h"

static void write_title(FILE *out, const struct fleet_report *report,
			const char *title, struct str more)
{
	fputc('\n', out);
	text_wrap_title(out, report->lint.color, str_of(title), more);
}

static const char *plural(size_t count)
{
	return count == 1 ? "" : "s";
}

static void write_head(FILE *out, const struct fleet_report *report)
{
	struct strbuf line = { 0 };

	fleet_report_head(report, &line);
	strbuf_add_text(&line, ": ");
	if (lint_report_has_findings(&report->lint))
		lint_report_counts(&report->lint, &line);
	else
		strbuf_add_text(&line, "no findings");
	strbuf_add_char(&line, '.');
	text_wrap_write(out, "", strbuf_str(&line));
	strbuf_free(&line);
}

static void write_finding(FILE *out, const struct finding *finding)
{
	fprintf(out, "  %s [%s]\n", severity_names[finding->severity],
		finding->rule->slug);
	audit_report_write_message(out, finding);
}

/* Those that count, the most severe ones first. */
static void write_findings(FILE *out, const struct finding_list *findings)
{
	for (int severity = SEVERITY_CRITICAL; severity >= 0; severity--)
		for (size_t i = 0; i < findings->list.count; i++) {
			const struct finding *finding =
				&findings->list.items[i];

			if ((int)finding->severity == severity &&
			    !finding->suppressed)
				write_finding(out, finding);
		}
}

static void write_exposure(FILE *out, const struct remote_exposure *exposure)
{
	enum exposure_level level = exposure_level_of(exposure->tenths);
	struct strbuf line = { 0 };
	char number[EXPOSURE_TEXT];

	if (!exposure->known)
		return;
	strbuf_printf(&line, "exposure %s of 10, %s",
		      exposure_text(exposure->tenths, number),
		      exposure_levels[level].name);
	for (unsigned i = 0; i < exposure->count; i++)
		strbuf_printf(
			&line, "%s%s %s", i ? ", " : ": ",
			exposure->reasons[i].weight->id,
			exposure_text(exposure->reasons[i].tenths, number));
	text_wrap_write(out, "  ", strbuf_str(&line));
	strbuf_free(&line);
}

static void write_server(FILE *out, const struct fleet_report *report,
			 const struct fleet_server *server)
{
	const struct server_survey *survey = &server->survey;
	struct strbuf lists = { 0 };

	if (!server->unit.findings.list.count)
		return;
	if (survey->via)
		strbuf_printf(&lists, ": %zu export%s by %s", survey->exports,
			      plural(survey->exports), survey->via);
	if (survey->tells_mounts)
		strbuf_printf(&lists, ", %zu mount%s", survey->mounts,
			      plural(survey->mounts));
	write_title(out, report, survey->host, strbuf_str(&lists));
	strbuf_free(&lists);
	write_exposure(out, &server->exposure);
	write_findings(out, &server->unit.findings);
}

static void write_most_exposed(FILE *out, const struct fleet_report *report)
{
	const struct fleet_server *most = fleet_report_most_exposed(report);
	struct strbuf line = { 0 };
	char number[EXPOSURE_TEXT];

	if (!most)
		return;
	strbuf_printf(&line, "exposure: at most %s of 10, of %s",
		      exposure_text(most->exposure.tenths, number),
		      most->survey.host);
	text_wrap_write(out, "  ", strbuf_str(&line));
	strbuf_free(&line);
}

static void write_common(FILE *out, const struct fleet_report *report)
{
	const struct fleet_rule *rules = fleet_report_rules(report);

	write_title(out, report, "Over the fleet", STR(""));
	for (size_t i = 0; i < rule_count; i++)
		if (rules[i].servers)
			fprintf(out, "  %s: %zu server%s\n",
				rule_catalog[i]->slug, rules[i].servers,
				plural(rules[i].servers));
	write_most_exposed(out, report);
}

static void write_failures(FILE *out, const struct fleet_report *report)
{
	bool any = false;

	for (size_t i = 0; i < report->servers.count; i++) {
		const struct fleet_server *server = report->servers.items[i];
		struct strbuf line = { 0 };

		if (server->survey.answered)
			continue;
		if (!any) {
			write_title(out, report, "No full answer", STR(""));
		}
		any = true;
		strbuf_printf(&line, "%s: %s", server->survey.host,
			      fleet_server_problem(report->lint.arena, server));
		text_wrap_write(out, "  ", strbuf_str(&line));
		strbuf_free(&line);
	}
}

void render_fleet_text(FILE *out, const struct fleet_report *report)
{
	write_head(out, report);
	if (report->servers.count > 1 &&
	    lint_report_has_findings(&report->lint))
		write_common(out, report);
	for (size_t i = 0; i < report->servers.count; i++)
		write_server(out, report, report->servers.items[i]);
	write_failures(out, report);
}
