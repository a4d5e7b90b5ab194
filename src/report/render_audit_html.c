/* The page on a server for the browser. */
#include "audit_exposure.h"
#include "html_page.h"
#include "markup_text.h"

static void write_verdict(FILE *out, const struct audit_report *report)
{
	struct strbuf verdict = { 0 };

	audit_report_verdict(report, &verdict);
	fputs("<p class=\"soft\">Judged for ", out);
	markup_write_foreign(out, strbuf_str(&verdict));
	fprintf(out, ".%s</p>\n",
		report->lint.partial ? " The audit was interrupted." : "");
	strbuf_free(&verdict);
}

static void write_finding(FILE *out, const struct lint_report *report,
			  struct lint_unit *unit, const struct finding *finding)
{
	html_begin_finding(out, finding);
	fputs("<td><code>", out);
	html_write_place(out, report, unit, finding->document, finding->span);
	fputs("</code></td>\n", out);
	html_end_finding(out, report, unit, finding);
}

static void write_findings(FILE *out, const struct audit_report *report)
{
	html_begin_section(out, "findings", "Findings");
	if (!lint_report_has_findings(&report->lint)) {
		fputs("<p>There are none.</p>\n</section>\n", out);
		return;
	}
	html_begin_table(
		out, "findings", "findings sortable",
		"<th scope=\"col\" data-first=\"descending\" "
		"aria-sort=\"descending\">Severity</th>"
		"<th scope=\"col\">Place</th><th scope=\"col\">Rule</th>"
		"<th scope=\"col\" data-fixed>What it means</th>");
	lint_report_each_sorted(out, &report->lint, write_finding);
	html_end_table(out);
	html_end_section(out);
}

static void write_nfs4(FILE *out, const struct nfsd_client *nfs4)
{
	struct strbuf line = { 0 };

	audit_report_nfs4(nfs4, &line);
	fputs("<li>", out);
	markup_write_foreign(out, strbuf_str(&line));
	fputs("</li>\n", out);
	strbuf_free(&line);
}

static void write_mount(FILE *out, const struct audit_report *report,
			size_t number, size_t mount)
{
	const struct live_client *client = &report->clients->list.items[number];

	fputs("<li>has mounted <code>", out);
	markup_write_foreign(out, client->mounts.items[mount]->path);
	fputs("</code>", out);
	if (audit_report_is_lost(report, number, mount))
		fputs(", which it may no longer reach", out);
	fputs("</li>\n", out);
}

static void write_client(FILE *out, const struct audit_report *report,
			 size_t number)
{
	const struct live_client *client = &report->clients->list.items[number];
	struct str reach = audit_report_reach(report, number);

	fputs("<tr><th scope=\"row\" class=\"name\">", out);
	markup_write_foreign(out, client->name);
	fprintf(out, "</th>\n<td>%s%s</td>\n<td>",
		client_state_name(client->state),
		client->connected ? ", connected" : "");
	fputs("<ul class=\"plain\">\n", out);
	for (size_t i = 0; i < client->nfs4.count; i++)
		write_nfs4(out, client->nfs4.items[i]);
	for (size_t i = 0; i < client->mounts.count; i++)
		write_mount(out, report, number, i);
	if (reach.length) {
		fputs("<li>", out);
		markup_write_foreign(out, reach);
		fputs("</li>\n", out);
	}
	fputs("</ul></td></tr>\n", out);
}

static void write_clients(FILE *out, const struct audit_report *report)
{
	const struct live_clients *clients = report->clients;

	if (!clients->list.count)
		return;
	html_begin_section(out, "clients", "Clients");
	html_begin_table(
		out, "clients", "sortable",
		"<th scope=\"col\">Client</th><th scope=\"col\">State</th>"
		"<th scope=\"col\" data-fixed>What it has</th>");
	for (size_t i = 0; i < clients->list.count; i++)
		write_client(out, report, i);
	html_end_table(out);
	html_end_section(out);
}

static void write_unchecked(FILE *out, const struct audit_report *report)
{
	const struct live_state *live = report->live;

	if (!live->unchecked.count)
		return;
	html_begin_section(out, "unchecked", "Not checked");
	html_begin_table(
		out, "unchecked", "unchecked",
		"<th scope=\"col\">What</th><th scope=\"col\">Why</th>");
	for (size_t i = 0; i < live->unchecked.count; i++) {
		fputs("<tr><th scope=\"row\" class=\"name\">", out);
		markup_write_foreign(out,
				     str_of(live->unchecked.items[i].what));
		fputs("</th><td>", out);
		markup_write_foreign(out, str_of(live->unchecked.items[i].why));
		fputs("</td></tr>\n", out);
	}
	html_end_table(out);
	html_end_section(out);
}

void render_audit_html(FILE *out, const struct audit_report *report)
{
	struct strbuf title = { 0 };

	strbuf_printf(&title, "NFS exports of %s", report->host);
	html_begin_page(out, title.data);
	strbuf_free(&title);
	write_verdict(out, report);
	html_begin_tiles(out, &report->lint, report->least);
	audit_exposure_write_tile(out, report);
	html_end_tiles(out);
	write_findings(out, report);
	if (lint_report_has_findings(&report->lint))
		html_write_rules(out, &report->lint);
	audit_exposure_write_html(out, report);
	write_clients(out, report);
	write_unchecked(out, report);
	html_end_page(out);
}
