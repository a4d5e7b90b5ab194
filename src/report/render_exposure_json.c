/* The exposure in exportctl-audit/1. Numbers are written from whole ones, so
 * that they are exact; the exports without building values. */
#include "audit_exposure.h"
#include "json_bytes.h"

static void add_points(struct strbuf *out, const char *key, unsigned tenths)
{
	char number[EXPOSURE_TEXT];

	strbuf_printf(out, "\"%s\":%s", key, exposure_text(tenths, number));
}

static void add_weight(struct strbuf *out, const char *key, unsigned weight)
{
	strbuf_printf(out, "\"%s\":%u.%02u", key, weight / 100, weight % 100);
}

static void add_score(struct strbuf *out, unsigned tenths)
{
	add_points(out, "score", tenths);
	strbuf_printf(out, ",\"level\":\"%s\"",
		      exposure_levels[exposure_level_of(tenths)].name);
}

static void flush(FILE *out, struct strbuf *text)
{
	fwrite(text->data, 1, text->length, out);
	strbuf_clear(text);
}

static void write_reason(FILE *out, const struct audit_report *report,
			 const struct server_reason *reason)
{
	struct strbuf text = { 0 };

	strbuf_printf(&text, "{\"id\":\"%s\",",
		      reason->weight ? reason->weight->id
				     : "most-exposed-export");
	if (reason->weight) {
		add_weight(&text, "weight", reason->weight->weight);
		strbuf_add_char(&text, ',');
	}
	add_points(&text, "points", reason->tenths);
	flush(out, &text);
	audit_exposure_reason(report->lint.arena, report, reason, &text);
	json_write_after(out,
			 ",\"text\":", json_lossy_string(strbuf_str(&text)));
	fputc('}', out);
	strbuf_free(&text);
}

/* Everything but the names. */
static void add_judgement(struct strbuf *out,
			  const struct export_exposure *exposure)
{
	const struct exposure_weight *clients =
		&exposure_clients[exposure->clients];

	add_score(out, exposure->tenths);
	strbuf_printf(out, ",\"clients\":\"%s\",", clients->id);
	add_weight(out, "share", clients->weight);
	strbuf_add_text(out, ",\"reasons\":[");
	for (unsigned i = 0; i < exposure->count; i++) {
		const struct export_reason *reason = &exposure->reasons[i];
		const struct exposure_weight *trait =
			&exposure_traits[reason->trait];

		strbuf_printf(out, "%s{\"id\":\"%s\",", i ? "," : "",
			      trait->id);
		add_weight(out, "weight", trait->weight);
		strbuf_add_char(out, ',');
		add_points(out, "points", reason->tenths);
		strbuf_add_char(out, '}');
	}
	strbuf_printf(out, "],\"disk_known\":%s}",
		      exposure->disk_known ? "true" : "false");
}

static bool is_alike(const struct export_exposure *a,
		     const struct export_exposure *b)
{
	/* what clients, disk and reasons are makes up all the rest */
	if (a->clients != b->clients || a->disk_known != b->disk_known ||
	    a->count != b->count)
		return false;
	for (unsigned i = 0; i < a->count; i++)
		if (a->reasons[i].trait != b->reasons[i].trait)
			return false;
	return true;
}

static void write_names(FILE *out, const struct audit_report *report,
			const struct export_entry *entry)
{
	const struct export_table *table = &report->lint.units.items[0]->table;

	json_write_bytes(out, "path", export_table_path(table, entry->path));
	fputc(',', out);
	json_write_bytes(out, "client",
			 table->clients.list.items[entry->client].name);
}

/* Neighbours are mostly alike. */
static void write_exports(FILE *out, const struct audit_report *report)
{
	const struct server_exposure *exposure = report->exposure;
	struct strbuf judgement = { 0 };

	for (size_t i = 0; i < exposure->exports.count; i++) {
		const struct export_exposure *one = &exposure->exports.items[i];

		if (!i || !is_alike(one, one - 1)) {
			strbuf_clear(&judgement);
			add_judgement(&judgement, one);
		}
		fputs(i ? ",\n{" : "\n{", out);
		write_names(out, report, one->entry);
		fputc(',', out);
		fwrite(judgement.data, 1, judgement.length, out);
	}
	strbuf_free(&judgement);
}

static void add_row(struct strbuf *out, bool first, const char *key,
		    const struct exposure_weight *row)
{
	strbuf_printf(out, "%s{\"id\":\"%s\",", first ? "" : ",", row->id);
	add_weight(out, key, row->weight);
	strbuf_printf(out, ",\"text\":\"%s\"}", row->text);
}

/* What the ids stand for. */
static void write_weights(FILE *out)
{
	struct strbuf text = { 0 };

	strbuf_add_text(&text, "{\"clients\":[");
	for (int i = 0; i < EXPOSURE_CLIENTS; i++)
		add_row(&text, !i, "share", &exposure_clients[i]);
	strbuf_add_text(&text, "],\"exports\":[");
	for (int i = 0; i < EXPOSURE_TRAITS; i++)
		add_row(&text, !i, "weight", &exposure_traits[i]);
	strbuf_add_text(&text, "],\"server\":[");
	for (int i = 0; exposure_facts[i].weight.id; i++)
		add_row(&text, !i, "weight", &exposure_facts[i].weight);
	strbuf_add_text(&text, "]}");
	flush(out, &text);
	strbuf_free(&text);
}

void audit_exposure_write_json(FILE *out, const struct audit_report *report)
{
	const struct server_exposure *exposure = report->exposure;
	json_t *lacks = json_array();
	struct strbuf head = { 0 };

	strbuf_add_char(&head, '{');
	add_score(&head, exposure->tenths);
	strbuf_add_text(&head, ",\"reasons\":[");
	flush(out, &head);
	strbuf_free(&head);
	for (size_t i = 0; i < exposure->reasons.count; i++) {
		fputs(i ? "," : "", out);
		write_reason(out, report, &exposure->reasons.items[i]);
	}
	fputs("],\"exports\":[", out);
	write_exports(out, report);
	for (size_t i = 0; i < exposure->not_counted.count; i++)
		json_array_append_new(
			lacks, json_string(exposure->not_counted.items[i]));
	json_write_after(out, "],\"not_counted\":", lacks);
	fputs(",\"weights\":", out);
	write_weights(out);
	fputc('}', out);
}
