#include "html_page.h"

#include "audit_page.h"
#include "finding_fingerprint.h"
#include "markup_text.h"
#include "rule_catalog.h"
#include "source_snippet.h"

void html_write_element(FILE *out, const char *tag, const char *text)
{
	fprintf(out, "<%s>", tag);
	markup_write_foreign(out, str_of(text));
	fprintf(out, "</%s>\n", tag);
}

/* Even if a foreign byte came through as markup, it could load nothing. */
void html_begin_page(FILE *out, const char *title)
{
	fputs("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n"
	      "<meta charset=\"utf-8\">\n"
	      "<meta http-equiv=\"Content-Security-Policy\" "
	      "content=\"default-src 'none'; style-src 'unsafe-inline'; "
	      "script-src 'unsafe-inline'\">\n"
	      "<meta name=\"viewport\" "
	      "content=\"width=device-width, initial-scale=1\">\n",
	      out);
	html_write_element(out, "title", title);
	fprintf(out, "<style>\n%s</style>\n</head>\n<body>\n<header>\n",
		audit_page_css);
	html_write_element(out, "h1", title);
}

void html_begin_tiles(FILE *out, const struct lint_report *report,
		      enum severity least)
{
	fputs("<ul class=\"tiles\" aria-label=\"Findings by severity\">\n",
	      out);
	for (int i = SEVERITY_CRITICAL; i >= (int)least; i--)
		fprintf(out,
			"<li class=\"%s%s\"><strong>%zu</strong> %s</li>\n",
			severity_names[i], report->counts[i] ? "" : " none",
			report->counts[i], severity_names[i]);
}

void html_end_tiles(FILE *out)
{
	fputs("</ul>\n</header>\n<main>\n", out);
}

void html_write_tiles(FILE *out, const struct lint_report *report,
		      enum severity least)
{
	html_begin_tiles(out, report, least);
	html_end_tiles(out);
}

void html_end_page(FILE *out)
{
	fprintf(out, "</main>\n<script>\n%s</script>\n</body>\n</html>\n",
		audit_page_js);
}

void html_begin_section(FILE *out, const char *name, const char *title)
{
	fprintf(out,
		"<section aria-labelledby=\"%s\">\n<h2 id=\"%s\">%s</h2>\n",
		name, name, title);
}

void html_end_section(FILE *out)
{
	fputs("</section>\n", out);
}

void html_begin_table(FILE *out, const char *name, const char *classes,
		      const char *heads)
{
	fprintf(out,
		"<div class=\"card\">\n"
		"<table class=\"%s\" aria-labelledby=\"%s\">\n"
		"<thead><tr>%s</tr></thead>\n<tbody>\n",
		classes, name, heads);
}

void html_end_table(FILE *out)
{
	fputs("</tbody>\n</table>\n</div>\n", out);
}

void html_write_place(FILE *out, const struct lint_report *report,
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
		html_write_place(out, report, unit, place->document,
				 place->span);
		fputs("</code>: ", out);
		markup_write_foreign(out, str_of(place->message));
		fputs("</p>\n", out);
	}
}

void html_begin_severity_row(FILE *out, enum severity severity, const char *id)
{
	const char *name = severity_names[severity];

	fprintf(out, "<tr class=\"%s\"", name);
	if (*id)
		fprintf(out, " id=\"%s\"", id);
	fprintf(out,
		">\n<td data-key=\"%d\"><span class=\"severity\">%s</span>"
		"</td>\n",
		severity, name);
}

void html_begin_finding(FILE *out, const struct finding *finding)
{
	char id[FINGERPRINT_TEXT];

	html_begin_severity_row(out, finding->severity,
				fingerprint_text(finding->fingerprint, id));
}

void html_write_rule_cell(FILE *out, const struct rule *rule)
{
	fprintf(out, "<td><a href=\"#rule-%s\"><code>%s</code></a></td>\n",
		rule->slug, rule->slug);
}

void html_end_finding(FILE *out, const struct lint_report *report,
		      struct lint_unit *unit, const struct finding *finding)
{
	html_write_rule_cell(out, finding->rule);
	fputs("<td>", out);
	html_write_element(out, "p", finding->message);
	write_snippet(out, report, unit, finding);
	write_related(out, report, unit, finding);
	if (finding->fix.description) {
		fputs("<p><strong>Fix:</strong> ", out);
		markup_write_foreign(out, str_of(finding->fix.description));
		fputs("</p>\n", out);
	}
	fputs("</td>\n</tr>\n", out);
}

static void write_rule(FILE *out, const struct rule *rule)
{
	fprintf(out, "<div id=\"rule-%s\">\n<h3>%s</h3>\n", rule->slug,
		rule->slug);
	html_write_element(out, "p", rule->rationale);
	html_write_element(out, "p", rule->remedy);
	fputs("</div>\n", out);
}

static void note_rules(const struct lint_unit *unit, bool *noted)
{
	for (size_t i = 0; i < unit->findings.list.count; i++) {
		const struct finding *finding = &unit->findings.list.items[i];

		if (!finding->suppressed)
			noted[rule_index(finding->rule)] = true;
	}
}

void html_write_rules(FILE *out, const struct lint_report *report)
{
	bool *noted =
		arena_alloc_array(report->arena, rule_count, sizeof(*noted));

	for (size_t i = 0; i < report->units.count; i++)
		note_rules(report->units.items[i], noted);
	html_begin_section(out, "rules", "Why it matters, and what to do");
	fputs("<div class=\"card rules\">\n", out);
	for (size_t i = 0; i < rule_count; i++)
		if (noted[i])
			write_rule(out, rule_catalog[i]);
	fputs("</div>\n", out);
	html_end_section(out);
}
