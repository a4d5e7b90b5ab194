/* The section of the page that is about exposure. */
#include "audit_exposure.h"
#include "html_page.h"
#include "markup_text.h"

/* Exports that are in the table. */
enum { EXPORTS_SHOWN = 1000 };

/* Levels have the colours of severities. */
static const char *level_class(unsigned tenths)
{
	static const char *const classes[EXPOSURE_LEVELS] = {
		[EXPOSURE_CLOSED] = "info",	[EXPOSURE_GUARDED] = "low",
		[EXPOSURE_MODERATE] = "medium", [EXPOSURE_EXPOSED] = "high",
		[EXPOSURE_UNSAFE] = "critical",
	};

	return classes[exposure_level_of(tenths)];
}

void audit_exposure_write_tile(FILE *out, const struct audit_report *report)
{
	unsigned tenths = report->exposure->tenths;
	char number[EXPOSURE_TEXT];

	fprintf(out, "<li class=\"%s\"><strong>%s</strong> exposure</li>\n",
		level_class(tenths), exposure_text(tenths, number));
}

static void write_line(FILE *out, const char *tag, struct strbuf *text)
{
	fprintf(out, "<%s>", tag);
	markup_write_foreign(out, strbuf_str(text));
	fprintf(out, "</%s>\n", tag);
	strbuf_clear(text);
}

static void write_server_exposure(FILE *out, const struct audit_report *report)
{
	const struct server_exposure *exposure = report->exposure;
	char number[EXPOSURE_TEXT];
	struct strbuf line = { 0 };

	strbuf_printf(
		&line, "%s of 10, %s.", exposure_text(exposure->tenths, number),
		exposure_levels[exposure_level_of(exposure->tenths)].name);
	write_line(out, "p", &line);
	fputs("<ul>\n", out);
	for (size_t i = 0; i < exposure->reasons.count; i++) {
		const struct server_reason *reason =
			&exposure->reasons.items[i];

		strbuf_printf(&line, "%s %s ",
			      exposure_text(reason->tenths, number),
			      reason->weight ? "because" : "from");
		audit_exposure_reason(report->lint.arena, report, reason,
				      &line);
		write_line(out, "li", &line);
	}
	for (size_t i = 0; i < exposure->not_counted.count; i++) {
		strbuf_printf(&line, "not counted, because not known: %s",
			      exposure->not_counted.items[i]);
		write_line(out, "li", &line);
	}
	fputs("</ul>\n", out);
	strbuf_free(&line);
}

static void write_export_exposure(FILE *out, const struct audit_report *report,
				  const struct export_exposure *exposure)
{
	const struct export_table *table = &report->lint.units.items[0]->table;
	const struct export_entry *entry = exposure->entry;
	struct strbuf parts = { 0 };
	char number[EXPOSURE_TEXT];

	fprintf(out,
		"<tr class=\"%s\"><td data-key=\"%u\">"
		"<span class=\"severity\">%s</span></td>\n"
		"<th scope=\"row\" class=\"name\">",
		level_class(exposure->tenths), exposure->tenths,
		exposure_text(exposure->tenths, number));
	markup_write_foreign(out, export_table_path(table, entry->path));
	fputs("</th>\n<td class=\"name\">", out);
	markup_write_foreign(out,
			     table->clients.list.items[entry->client].name);
	fputs("</td>\n", out);
	audit_exposure_parts(exposure, &parts);
	write_line(out, "td", &parts);
	fputs("</tr>\n", out);
	strbuf_free(&parts);
}

/* What the words of the table stand for, those that are in it. */
static void write_words(FILE *out, const struct export_exposure *exports,
			size_t count)
{
	bool used[EXPOSURE_TRAITS] = { false };
	struct strbuf line = { 0 };

	for (size_t i = 0; i < count; i++)
		for (unsigned k = 0; k < exports[i].count; k++)
			used[exports[i].reasons[k].trait] = true;
	for (int i = 0; i < EXPOSURE_TRAITS; i++)
		if (used[i])
			strbuf_printf(
				&line, "%s%s: %s", line.length ? "; " : "",
				exposure_traits[i].id, exposure_traits[i].text);
	fprintf(out, "<p class=\"soft\">%s.</p>\n", line.data);
	strbuf_free(&line);
}

void audit_exposure_write_html(FILE *out, const struct audit_report *report)
{
	const struct server_exposure *exposure = report->exposure;
	size_t count = exposure->exports.count, shown = count;

	html_begin_section(out, "exposure", "Exposure");
	write_server_exposure(out, report);
	if (!count) {
		html_end_section(out);
		return;
	}
	if (shown > EXPORTS_SHOWN)
		shown = EXPORTS_SHOWN;
	html_begin_table(
		out, "exposure", "sortable",
		"<th scope=\"col\" data-first=\"descending\" "
		"aria-sort=\"descending\">Exposure</th>"
		"<th scope=\"col\">Path</th><th scope=\"col\">Client</th>"
		"<th scope=\"col\" data-fixed>What makes it up</th>");
	for (size_t i = 0; i < shown; i++)
		write_export_exposure(out, report, &exposure->exports.items[i]);
	html_end_table(out);
	write_words(out, exposure->exports.items, shown);
	if (shown < count)
		fprintf(out,
			"<p class=\"soft\">%zu more exports are not more "
			"exposed; JSON has all of them.</p>\n",
			count - shown);
	html_end_section(out);
}
