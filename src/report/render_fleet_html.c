/* The page on a fleet for the browser: what its servers have in common, a table
 * of the servers, the findings, and what each server showed. */
#include <stdlib.h>

#include "finding_fingerprint.h"
#include "fleet_report.h"
#include "html_page.h"
#include "markup_text.h"
#include "rule_catalog.h"

/* What a browser can still show; the other formats have all. */
enum { PAGE_SERVERS = 2000 };

static int compare_numbers(size_t left, size_t right)
{
	return (left < right) - (left > right);
}

/* Those with the worst findings first, then those that did not answer. */
static int compare_worst(const void *left, const void *right)
{
	const struct fleet_server *a = *(struct fleet_server *const *)left;
	const struct fleet_server *b = *(struct fleet_server *const *)right;
	size_t of_a[SEVERITIES], of_b[SEVERITIES];
	int order = 0;

	fleet_server_counts(a, of_a);
	fleet_server_counts(b, of_b);
	for (int i = SEVERITY_CRITICAL; !order && i >= 0; i--)
		order = compare_numbers(of_a[i], of_b[i]);
	if (!order)
		order = a->survey.answered - b->survey.answered;
	return order ? order : -compare_numbers(a->number, b->number);
}

/* The report, or the worst part of it. */
static struct fleet_report fit(const struct fleet_report *report)
{
	struct arena *arena = report->lint.arena;
	struct fleet_report page = *report;
	size_t count = report->servers.count;

	if (count <= PAGE_SERVERS)
		return page;
	page.servers.items =
		arena_alloc_array(arena, count, sizeof(*page.servers.items));
	memcpy(page.servers.items, report->servers.items,
	       count * sizeof(*page.servers.items));
	qsort(page.servers.items, count, sizeof(*page.servers.items),
	      compare_worst);
	page.servers.count = PAGE_SERVERS;
	memset(&page.lint.units, 0, sizeof(page.lint.units));
	for (size_t i = 0; i < PAGE_SERVERS; i++)
		*ARRAY_ADD(arena, &page.lint.units) =
			&page.servers.items[i]->unit;
	return page;
}

static void write_head(FILE *out, const struct fleet_report *report)
{
	struct strbuf line = { 0 };

	html_begin_page(out, "NFS exports of a fleet");
	fleet_report_head(report, &line);
	if (report->lint.partial)
		strbuf_add_text(&line, ", then the audit was interrupted");
	if (report->servers.count > PAGE_SERVERS)
		strbuf_printf(&line, ". Here are the %d with the most to say",
			      PAGE_SERVERS);
	fprintf(out, "<p class=\"soft\">%s.</p>\n", line.data);
	strbuf_free(&line);
	html_write_tiles(out, &report->lint, report->least);
}

static void write_rules_of(FILE *out, const struct fleet_rule *rules,
			   enum severity severity)
{
	for (size_t i = 0; i < rule_count; i++) {
		if (!rules[i].servers || rules[i].worst != severity)
			continue;
		html_begin_severity_row(out, severity, "");
		html_write_rule_cell(out, rule_catalog[i]);
		fprintf(out, "<td>%zu</td>\n</tr>\n", rules[i].servers);
	}
}

static void write_common(FILE *out, const struct fleet_report *report)
{
	const struct fleet_rule *rules = fleet_report_rules(report);

	html_begin_section(out, "fleet", "Over the fleet");
	html_begin_table(out, "fleet", "sortable",
			 "<th scope=\"col\" data-first=\"descending\" "
			 "aria-sort=\"descending\">Severity</th>"
			 "<th scope=\"col\">Rule</th>"
			 "<th scope=\"col\" data-first=\"descending\">Servers"
			 "</th>");
	for (int severity = SEVERITY_CRITICAL; severity >= 0; severity--)
		write_rules_of(out, rules, (enum severity)severity);
	html_end_table(out);
	html_end_section(out);
}

static void write_link(FILE *out, const struct fleet_server *server)
{
	fprintf(out, "<a href=\"#server-%zu\">", server->number);
	markup_write_foreign(out, str_of(server->survey.host));
	fputs("</a>", out);
}

static void write_number(FILE *out, bool known, size_t number)
{
	if (known)
		fprintf(out, "<td>%zu</td>", number);
	else
		fputs("<td>-</td>", out);
}

static void write_row(FILE *out, const struct fleet_server *server,
		      enum severity least)
{
	const struct server_survey *survey = &server->survey;
	size_t counts[SEVERITIES];
	char exposure[EXPOSURE_TEXT];

	fleet_server_counts(server, counts);
	fputs("<tr><th scope=\"row\" class=\"name\">", out);
	write_link(out, server);
	fprintf(out, "</th>\n<td>%s</td>", survey->status);
	write_number(out, survey->via != NULL, survey->exports);
	write_number(out, survey->tells_mounts, survey->mounts);
	fprintf(out, "<td>%s</td>",
		server->exposure.known
			? exposure_text(server->exposure.tenths, exposure)
			: "-");
	for (int i = SEVERITY_CRITICAL; i >= (int)least; i--)
		write_number(out, true, counts[i]);
	fputs("</tr>\n", out);
}

static void write_table(FILE *out, const struct fleet_report *report)
{
	struct strbuf heads = { 0 };

	strbuf_add_text(
		&heads,
		"<th scope=\"col\">Server</th><th scope=\"col\">Answer</th>"
		"<th scope=\"col\" data-first=\"descending\">Exports</th>"
		"<th scope=\"col\" data-first=\"descending\">Mounts</th>"
		"<th scope=\"col\" data-first=\"descending\">Exposure</th>");
	for (int i = SEVERITY_CRITICAL; i >= (int)report->least; i--)
		strbuf_printf(&heads,
			      "<th scope=\"col\" data-first=\"descending\">%s"
			      "</th>",
			      severity_names[i]);
	html_begin_section(out, "servers", "Servers");
	html_begin_table(out, "servers", "sortable", heads.data);
	strbuf_free(&heads);
	for (size_t i = 0; i < report->servers.count; i++)
		write_row(out, report->servers.items[i], report->least);
	html_end_table(out);
	html_end_section(out);
}

/* The unit of a server is part of it. */
static const struct fleet_server *server_of(const struct lint_unit *unit)
{
	return (const struct fleet_server *)((const char *)unit -
					     offsetof(struct fleet_server,
						      unit));
}

static void write_finding(FILE *out, const struct lint_report *report,
			  struct lint_unit *unit, const struct finding *finding)
{
	html_begin_finding(out, finding);
	fputs("<td class=\"name\">", out);
	write_link(out, server_of(unit));
	fputs("</td>\n", out);
	html_end_finding(out, report, unit, finding);
}

static void write_findings(FILE *out, const struct fleet_report *report)
{
	html_begin_section(out, "findings", "Findings");
	html_begin_table(out, "findings", "findings sortable",
			 "<th scope=\"col\" data-first=\"descending\" "
			 "aria-sort=\"descending\">Severity</th>"
			 "<th scope=\"col\">Server</th>"
			 "<th scope=\"col\">Rule</th>"
			 "<th scope=\"col\" data-fixed>What it means</th>");
	lint_report_each_sorted(out, &report->lint, write_finding);
	html_end_table(out);
	html_end_section(out);
}

static void add_versions(struct strbuf *line, const char *program,
			 unsigned versions)
{
	const char *separator = " ";

	if (!versions)
		return;
	strbuf_printf(line, "; %s", program);
	for (unsigned i = 0; versions >> i; i++) {
		if (!(versions >> i & 1))
			continue;
		strbuf_printf(line, "%s%u", separator, i);
		separator = ", ";
	}
}

/* One line on what it is, and what it answered. */
static void write_facts(FILE *out, const struct server_survey *survey)
{
	static const char *const tls[] = {
		[SURVEY_TLS_UNKNOWN] = "",
		[SURVEY_TLS_NONE] = "; no TLS",
		[SURVEY_TLS_OFFERED] = "; TLS is offered",
	};
	char address[IP_ADDRESS_TEXT];
	struct strbuf line = { 0 };

	if (survey->address.family != IP_NONE)
		strbuf_printf(&line, "%s: ",
			      ip_address_text(survey->address, address));
	strbuf_add_text(&line, survey->error ? survey->error : survey->status);
	if (survey->via)
		strbuf_printf(&line, "; %zu export%s by %s", survey->exports,
			      survey->exports == 1 ? "" : "s", survey->via);
	if (survey->tells_mounts)
		strbuf_printf(&line, "; %zu mount%s", survey->mounts,
			      survey->mounts == 1 ? "" : "s");
	add_versions(&line, "NFS", survey->nfs_versions);
	add_versions(&line, "MOUNT", survey->mount_versions);
	strbuf_add_text(&line, survey->nfs_udp ? "; NFS over UDP" : "");
	strbuf_add_text(&line, tls[survey->tls]);
	html_write_element(out, "p", line.data);
	strbuf_free(&line);
}

static void write_server(FILE *out, const struct fleet_server *server)
{
	const struct finding_list *findings = &server->unit.findings;

	fprintf(out, "<div id=\"server-%zu\">\n", server->number);
	html_write_element(out, "h3", server->survey.host);
	write_facts(out, &server->survey);
	for (size_t i = 0; i < findings->list.count; i++) {
		const struct finding *finding = &findings->list.items[i];
		char fingerprint[FINGERPRINT_TEXT];

		if (!finding->suppressed)
			fprintf(out,
				"<p class=\"%s\"><span class=\"severity\">%s"
				"</span> <a href=\"#%s\"><code>%s</code></a>"
				"</p>\n",
				severity_names[finding->severity],
				severity_names[finding->severity],
				fingerprint_text(finding->fingerprint,
						 fingerprint),
				finding->rule->slug);
	}
	fputs("</div>\n", out);
}

static void write_servers(FILE *out, const struct fleet_report *report)
{
	html_begin_section(out, "each", "Server by server");
	fputs("<div class=\"card rules\">\n", out);
	for (size_t i = 0; i < report->servers.count; i++)
		write_server(out, report->servers.items[i]);
	fputs("</div>\n", out);
	html_end_section(out);
}

void render_fleet_html(FILE *out, const struct fleet_report *report)
{
	const struct fleet_report page = fit(report);
	bool any = lint_report_has_findings(&report->lint);

	write_head(out, report);
	if (any)
		write_common(out, report);
	write_table(out, &page);
	if (any) {
		write_findings(out, &page);
		html_write_rules(out, &report->lint);
	}
	write_servers(out, &page);
	html_end_page(out);
}
