/* The exposure in exportctl-audit/1. Numbers are written from whole ones, so
 * that they are exact; the exports without building values. */
#include "audit_exposure.h"
#include "json_bytes.h"

static void write_points(FILE *out, const char *key, unsigned tenths)
{
	char number[EXPOSURE_TEXT];

	fprintf(out, "\"%s\":%s", key, exposure_text(tenths, number));
}

static void write_weight(FILE *out, const char *key, unsigned weight)
{
	fprintf(out, "\"%s\":%u.%02u", key, weight / 100, weight % 100);
}

static void write_score(FILE *out, unsigned tenths)
{
	write_points(out, "score", tenths);
	fprintf(out, ",\"level\":\"%s\"",
		exposure_levels[exposure_level_of(tenths)].name);
}

static void write_reason(FILE *out, const struct audit_report *report,
			 const struct server_reason *reason)
{
	struct strbuf text = { 0 };

	fprintf(out, "{\"id\":\"%s\",",
		reason->weight ? reason->weight->id : "most-exposed-export");
	if (reason->weight) {
		write_weight(out, "weight", reason->weight->weight);
		fputc(',', out);
	}
	write_points(out, "points", reason->tenths);
	audit_exposure_reason(report->lint.arena, report, reason, &text);
	json_write_after(out,
			 ",\"text\":", json_lossy_string(strbuf_str(&text)));
	fputc('}', out);
	strbuf_free(&text);
}

static void write_export(FILE *out, const struct audit_report *report,
			 const struct export_exposure *exposure)
{
	const struct export_table *table = &report->lint.units.items[0]->table;
	const struct export_entry *entry = exposure->entry;
	const struct exposure_weight *clients =
		&exposure_clients[exposure->clients];

	fputc('{', out);
	json_write_bytes(out, "path", export_table_path(table, entry->path));
	fputc(',', out);
	json_write_bytes(out, "client",
			 table->clients.list.items[entry->client].name);
	fputc(',', out);
	write_score(out, exposure->tenths);
	fprintf(out, ",\"clients\":\"%s\",", clients->id);
	write_weight(out, "share", clients->weight);
	fputs(",\"reasons\":[", out);
	for (unsigned i = 0; i < exposure->count; i++) {
		const struct export_reason *reason = &exposure->reasons[i];
		const struct exposure_weight *trait =
			&exposure_traits[reason->trait];

		fprintf(out, "%s{\"id\":\"%s\",", i ? "," : "", trait->id);
		write_weight(out, "weight", trait->weight);
		fputc(',', out);
		write_points(out, "points", reason->tenths);
		fputc('}', out);
	}
	fprintf(out, "],\"disk_known\":%s}",
		exposure->disk_known ? "true" : "false");
}

static void write_row(FILE *out, bool first, const char *key,
		      const struct exposure_weight *row)
{
	fprintf(out, "%s{\"id\":\"%s\",", first ? "" : ",", row->id);
	write_weight(out, key, row->weight);
	fprintf(out, ",\"text\":\"%s\"}", row->text);
}

/* What the ids stand for. */
static void write_weights(FILE *out)
{
	fputs("{\"clients\":[", out);
	for (int i = 0; i < EXPOSURE_CLIENTS; i++)
		write_row(out, !i, "share", &exposure_clients[i]);
	fputs("],\"exports\":[", out);
	for (int i = 0; i < EXPOSURE_TRAITS; i++)
		write_row(out, !i, "weight", &exposure_traits[i]);
	fputs("],\"server\":[", out);
	for (int i = 0; exposure_facts[i].weight.id; i++)
		write_row(out, !i, "weight", &exposure_facts[i].weight);
	fputs("]}", out);
}

void audit_exposure_write_json(FILE *out, const struct audit_report *report)
{
	const struct server_exposure *exposure = report->exposure;
	json_t *lacks = json_array();

	fputc('{', out);
	write_score(out, exposure->tenths);
	fputs(",\"reasons\":[", out);
	for (size_t i = 0; i < exposure->reasons.count; i++) {
		fputs(i ? "," : "", out);
		write_reason(out, report, &exposure->reasons.items[i]);
	}
	fputs("],\"exports\":[", out);
	for (size_t i = 0; i < exposure->exports.count; i++) {
		fputs(i ? ",\n" : "\n", out);
		write_export(out, report, &exposure->exports.items[i]);
	}
	for (size_t i = 0; i < exposure->not_counted.count; i++)
		json_array_append_new(
			lacks, json_string(exposure->not_counted.items[i]));
	json_write_after(out, "],\"not_counted\":", lacks);
	fputs(",\"weights\":", out);
	write_weights(out);
	fputc('}', out);
}
