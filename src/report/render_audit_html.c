/* A page for the browser: one file that loads nothing, light or dark as its
 * reader has it, complete without scripts. A click on the head of a column
 * sorts. */
#include "audit_page.h"
#include "audit_report.h"
#include "markup_text.h"
#include "rule_catalog.h"
#include "source_snippet.h"

static void write_element(FILE *out, const char *tag, const char *text)
{
	fprintf(out, "<%s>", tag);
	markup_write_foreign(out, str_of(text));
	fprintf(out, "</%s>\n", tag);
}

/* Even if a foreign byte came through as markup, it could load nothing. */
static void write_head(FILE *out, const struct audit_report *report)
{
	fputs("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n"
	      "<meta charset=\"utf-8\">\n"
	      "<meta http-equiv=\"Content-Security-Policy\" "
	      "content=\"default-src 'none'; style-src 'unsafe-inline'; "
	      "script-src 'unsafe-inline'\">\n"
	      "<meta name=\"viewport\" "
	      "content=\"width=device-width, initial-scale=1\">\n"
	      "<title>NFS exports of ",
	      out);
	markup_write_foreign(out, str_of(report->host));
	fprintf(out, "</title>\n<style>\n%s</style>\n</head>\n<body>\n",
		audit_page_css);
}

static void write_verdict(FILE *out, const struct audit_report *report)
{
	struct strbuf verdict = { 0 };

	audit_report_verdict(report, &verdict);
	fputs("<header>\n<h1>NFS exports of ", out);
	markup_write_foreign(out, str_of(report->host));
	fputs("</h1>\n<p class=\"soft\">Judged for ", out);
	markup_write_foreign(out, strbuf_str(&verdict));
	fprintf(out, ".%s</p>\n",
		report->lint.partial ? " The audit was interrupted." : "");
	strbuf_free(&verdict);
}

static void write_tiles(FILE *out, const struct audit_report *report)
{
	fputs("<ul class=\"tiles\" aria-label=\"Findings by severity\">\n",
	      out);
	for (int i = SEVERITY_CRITICAL; i >= (int)report->least; i--)
		fprintf(out,
			"<li class=\"%s%s\"><strong>%zu</strong> %s</li>\n",
			severity_names[i],
			report->lint.counts[i] ? "" : " none",
			report->lint.counts[i], severity_names[i]);
	fputs("</ul>\n</header>\n<main>\n", out);
}

static void begin_section(FILE *out, const char *name, const char *title)
{
	fprintf(out,
		"<section aria-labelledby=\"%s\">\n<h2 id=\"%s\">%s</h2>\n",
		name, name, title);
}

/* heads: cells of the head, as HTML. */
static void begin_table(FILE *out, const char *name, const char *classes,
			const char *heads)
{
	fprintf(out,
		"<div class=\"card\">\n"
		"<table class=\"%s\" aria-labelledby=\"%s\">\n"
		"<thead><tr>%s</tr></thead>\n<tbody>\n",
		classes, name, heads);
}

static void end_table(FILE *out)
{
	fputs("</tbody>\n</table>\n</div>\n</section>\n", out);
}

static void write_place(FILE *out, const struct lint_report *report,
			struct lint_unit *unit, uint32_t document,
			struct span span)
{
	struct source *source = lint_unit_source(unit, document);

	markup_write_foreign(out, str_of(source->name));
	if (span.end)
		fprintf(out, ":%u",
			source_position(report->arena, source, span.begin)
				.line);
}

/* The line that it is about, if it is about one. */
static void write_snippet(FILE *out, const struct lint_report *report,
			  struct lint_unit *unit, const struct finding *finding)
{
	char *text = NULL;
	size_t length = 0;
	FILE *snippet;

	if (!finding->span.end)
		return;
	snippet = open_memstream(&text, &length);
	if (!snippet)
		arena_exhausted();
	source_snippet_print(snippet, report->arena,
			     lint_unit_source(unit, finding->document),
			     finding->span, finding->client_span);
	if (fclose(snippet) != 0)
		arena_exhausted();
	if (length) {
		fputs("<pre tabindex=\"0\">", out);
		markup_write(out, (struct str){ text, length });
		fputs("</pre>\n", out);
	}
	free(text);
}

static void write_related(FILE *out, const struct lint_report *report,
			  struct lint_unit *unit, const struct finding *finding)
{
	for (size_t i = 0; i < finding->related.count; i++) {
		const struct finding_place *place = &finding->related.items[i];

		fputs("<p class=\"soft\"><code>", out);
		write_place(out, report, unit, place->document, place->span);
		fputs("</code>: ", out);
		markup_write_foreign(out, str_of(place->message));
		fputs("</p>\n", out);
	}
}

static void write_finding(FILE *out, const struct lint_report *report,
			  struct lint_unit *unit, const struct finding *finding)
{
	const char *severity = severity_names[finding->severity];
	const char *slug = finding->rule->slug;

	fprintf(out,
		"<tr class=\"%s\">\n<td data-key=\"%d\">"
		"<span class=\"severity\">%s</span></td>\n"
		"<td><code>",
		severity, finding->severity, severity);
	write_place(out, report, unit, finding->document, finding->span);
	fprintf(out,
		"</code></td>\n<td><a href=\"#rule-%s\">"
		"<code>%s</code></a></td>\n<td>",
		slug, slug);
	write_element(out, "p", finding->message);
	write_snippet(out, report, unit, finding);
	write_related(out, report, unit, finding);
	if (finding->fix.description) {
		fputs("<p><strong>Fix:</strong> ", out);
		markup_write_foreign(out, str_of(finding->fix.description));
		fputs("</p>\n", out);
	}
	fputs("</td>\n</tr>\n", out);
}

static bool has_findings(const struct audit_report *report)
{
	for (int i = 0; i < SEVERITIES; i++)
		if (report->lint.counts[i])
			return true;
	return false;
}

static void write_findings(FILE *out, const struct audit_report *report)
{
	begin_section(out, "findings", "Findings");
	if (!has_findings(report)) {
		fputs("<p>There are none.</p>\n</section>\n", out);
		return;
	}
	begin_table(out, "findings", "findings sortable",
		    "<th scope=\"col\" data-first=\"descending\" "
		    "aria-sort=\"descending\">Severity</th>"
		    "<th scope=\"col\">Place</th><th scope=\"col\">Rule</th>"
		    "<th scope=\"col\" data-fixed>What it means</th>");
	audit_report_each(out, report, write_finding);
	end_table(out);
}

static bool has_finding_of(const struct audit_report *report,
			   const struct rule *rule)
{
	const struct finding_list *findings =
		&report->lint.units.items[0]->findings;

	for (size_t i = 0; i < findings->list.count; i++)
		if (findings->list.items[i].rule == rule &&
		    !findings->list.items[i].suppressed)
			return true;
	return false;
}

static void write_rule(FILE *out, const struct rule *rule)
{
	fprintf(out, "<div id=\"rule-%s\">\n<h3>%s</h3>\n", rule->slug,
		rule->slug);
	write_element(out, "p", rule->rationale);
	write_element(out, "p", rule->remedy);
	fputs("</div>\n", out);
}

static void write_rules(FILE *out, const struct audit_report *report)
{
	if (!has_findings(report))
		return;
	begin_section(out, "rules", "Why it matters, and what to do");
	fputs("<div class=\"card rules\">\n", out);
	for (size_t i = 0; i < rule_count; i++)
		if (has_finding_of(report, rule_catalog[i]))
			write_rule(out, rule_catalog[i]);
	fputs("</div>\n</section>\n", out);
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

static void write_client(FILE *out, const struct live_client *client)
{
	fputs("<tr><th scope=\"row\" class=\"name\">", out);
	markup_write_foreign(out, client->name);
	fprintf(out, "</th>\n<td>%s%s</td>\n<td>",
		client_state_name(client->state),
		client->connected ? ", connected" : "");
	fputs("<ul class=\"plain\">\n", out);
	for (size_t i = 0; i < client->nfs4.count; i++)
		write_nfs4(out, client->nfs4.items[i]);
	for (size_t i = 0; i < client->mounts.count; i++) {
		fputs("<li>has mounted <code>", out);
		markup_write_foreign(out, client->mounts.items[i]->path);
		fputs("</code></li>\n", out);
	}
	fputs("</ul></td></tr>\n", out);
}

static void write_clients(FILE *out, const struct audit_report *report)
{
	const struct live_clients *clients = report->clients;

	if (!clients->list.count)
		return;
	begin_section(out, "clients", "Clients");
	begin_table(out, "clients", "sortable",
		    "<th scope=\"col\">Client</th><th scope=\"col\">State</th>"
		    "<th scope=\"col\" data-fixed>What it has</th>");
	for (size_t i = 0; i < clients->list.count; i++)
		write_client(out, &clients->list.items[i]);
	end_table(out);
}

static void write_unchecked(FILE *out, const struct audit_report *report)
{
	const struct live_state *live = report->live;

	if (!live->unchecked.count)
		return;
	begin_section(out, "unchecked", "Not checked");
	begin_table(out, "unchecked", "unchecked",
		    "<th scope=\"col\">What</th><th scope=\"col\">Why</th>");
	for (size_t i = 0; i < live->unchecked.count; i++) {
		fputs("<tr><th scope=\"row\" class=\"name\">", out);
		markup_write_foreign(out,
				     str_of(live->unchecked.items[i].what));
		fputs("</th><td>", out);
		markup_write_foreign(out, str_of(live->unchecked.items[i].why));
		fputs("</td></tr>\n", out);
	}
	end_table(out);
}

void render_audit_html(FILE *out, const struct audit_report *report)
{
	write_head(out, report);
	write_verdict(out, report);
	write_tiles(out, report);
	write_findings(out, report);
	write_rules(out, report);
	write_clients(out, report);
	write_unchecked(out, report);
	fprintf(out, "</main>\n<script>\n%s</script>\n</body>\n</html>\n",
		audit_page_js);
}
