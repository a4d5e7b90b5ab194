/* Requirements of a catalogue and what speaks for and against each. */
#include "compliance.h"
#include "csv_cell.h"
#include "json_bytes.h"
#include "text_wrap.h"

static void add_subject(struct strbuf *line, const struct compliance_row *row)
{
	if (row->path.length)
		strbuf_add(line, row->path);
	else if (row->file)
		strbuf_add_text(line, row->file);
	if (row->path.length && row->client.length) {
		strbuf_add_text(line, " for ");
		strbuf_add(line, row->client);
	}
}

/* What passes needs no reason here, and what could not be looked at has one. */
static void write_text_row(void *context, const struct compliance_row *row)
{
	struct strbuf line = { 0 };

	if (!row->rule &&
	    (row->result != COMPLIANCE_UNCHECKED || row->path.length))
		return;
	add_subject(&line, row);
	if (row->rule)
		strbuf_printf(&line, " [%s]: ", row->rule->slug);
	strbuf_add(&line, row->evidence);
	if (row->result == COMPLIANCE_WAIVED)
		strbuf_add_text(&line, " (waived)");
	text_wrap_write(context, "    ", strbuf_str(&line));
	strbuf_free(&line);
}

void render_compliance_text(FILE *out, const struct compliance *compliance)
{
	struct strbuf line = { 0 };

	strbuf_printf(&line, "NFS exports of %s and what %s asks for:",
		      compliance->host, compliance->name);
	text_wrap_write(out, "", strbuf_str(&line));
	strbuf_free(&line);
	for (size_t i = 0; i < compliance->ids.count; i++) {
		const struct compliance_id *id = &compliance->ids.items[i];

		fprintf(out, "  %.*s: %s\n", STR_ARG(id->name),
			compliance_result_name(id->result));
		compliance_each(compliance, id, out, write_text_row);
	}
}

struct csv {
	FILE *out;
	const struct compliance *compliance;
	const struct compliance_id *id;
};

static void write_csv_row(void *context, const struct compliance_row *row)
{
	const struct csv *csv = context;
	FILE *out = csv->out;

	fprintf(out, "%s,%.*s,%s,%s,", csv->compliance->name,
		STR_ARG(csv->id->name), compliance_result_name(row->result),
		row->rule ? row->rule->slug : "");
	csv_write_cell(out, row->path);
	fputc(',', out);
	csv_write_cell(out, row->client);
	fputc(',', out);
	csv_write_cell(out, str_of(row->file));
	fputc(',', out);
	if (row->line)
		fprintf(out, "%u", row->line);
	fputc(',', out);
	csv_write_cell(out, row->evidence);
	fputs("\r\n", out);
}

void render_compliance_csv(FILE *out, const struct compliance *compliance)
{
	fputs("catalogue,id,result,rule,path,client,file,line,evidence\r\n",
	      out);
	for (size_t i = 0; i < compliance->ids.count; i++) {
		struct csv csv = { out, compliance, &compliance->ids.items[i] };

		compliance_each(compliance, csv.id, &csv, write_csv_row);
	}
}

struct json_rows {
	FILE *out;
	const char *separator;
};

static void write_json_row(void *context, const struct compliance_row *row)
{
	struct json_rows *rows = context;
	FILE *out = rows->out;

	fprintf(out, "%s{\"result\":\"%s\"", rows->separator,
		compliance_result_name(row->result));
	if (row->rule)
		fprintf(out, ",\"rule\":\"%s\",", row->rule->slug);
	else
		fputs(",\"rule\":null,", out);
	json_write_bytes(out, "path", row->path);
	fputc(',', out);
	json_write_bytes(out, "client", row->client);
	fputc(',', out);
	json_write_bytes(out, "file", str_of(row->file ? row->file : ""));
	if (row->line)
		fprintf(out, ",\"line\":%u,", row->line);
	else
		fputs(",\"line\":null,", out);
	json_write_bytes(out, "evidence", row->evidence);
	fputc('}', out);
	rows->separator = ",\n";
}

static void write_json_id(FILE *out, const struct compliance *compliance,
			  const struct compliance_id *id)
{
	struct json_rows rows = { out, "\n" };
	json_t *rules = json_array();

	for (size_t i = 0; i < id->rules.count; i++)
		json_array_append_new(rules,
				      json_string(id->rules.items[i]->slug));
	json_write_after(out, "{\"id\":", json_lossy_string(id->name));
	fprintf(out, ",\"result\":\"%s\"", compliance_result_name(id->result));
	json_write_after(out, ",\"rules\":", rules);
	fputs(",\"evidence\":[", out);
	compliance_each(compliance, id, &rows, write_json_row);
	fputs("]}", out);
}

void render_compliance_json(FILE *out, const struct compliance *compliance)
{
	fputs("{\"schema\":\"exportctl-audit-compliance/1\"", out);
	json_write_after(
		out, ",\"host\":", json_lossy_string(str_of(compliance->host)));
	fprintf(out, ",\"catalogue\":\"%s\",\"ids\":[", compliance->name);
	for (size_t i = 0; i < compliance->ids.count; i++) {
		fputs(i ? ",\n" : "\n", out);
		write_json_id(out, compliance, &compliance->ids.items[i]);
	}
	fputs("]}\n", out);
}
