/* exportctl-lint/1, written finding by finding. */
#include "finding_fingerprint.h"
#include "lint_json.h"

static void set_place(json_t *object, const struct lint_report *report,
		      struct lint_unit *unit, uint32_t document,
		      uint32_t offset)
{
	struct source *source = lint_unit_source(unit, document);
	struct source_position at =
		source_position(report->arena, source, offset);

	json_set_bytes(object, "file", str_of(source->name));
	json_object_set_new(object, "line", json_integer(at.line));
	json_object_set_new(object, "column", json_integer(at.column));
}

static void set_end(json_t *object, const struct lint_report *report,
		    struct lint_unit *unit, uint32_t document, uint32_t offset)
{
	struct source_position at = source_position(
		report->arena, lint_unit_source(unit, document), offset);

	json_object_set_new(object, "end_line", json_integer(at.line));
	json_object_set_new(object, "end_column", json_integer(at.column));
}

static json_t *related_json(const struct lint_report *report,
			    struct lint_unit *unit,
			    const struct finding *finding)
{
	json_t *related = json_array();

	for (size_t i = 0; i < finding->related.count; i++) {
		const struct finding_place *place = &finding->related.items[i];
		json_t *object = json_object();

		set_place(object, report, unit, place->document,
			  place->span.begin);
		json_object_set_new(object, "message",
				    json_lossy_string(str_of(place->message)));
		json_array_append_new(related, object);
	}
	return related;
}

static json_t *edit_json(const struct lint_report *report,
			 struct lint_unit *unit, uint32_t document,
			 const struct text_edit *edit)
{
	struct source_position at =
		source_position(report->arena, lint_unit_source(unit, document),
				edit->span.begin);
	json_t *object = json_object();

	json_object_set_new(object, "line", json_integer(at.line));
	json_object_set_new(object, "column", json_integer(at.column));
	set_end(object, report, unit, document, edit->span.end);
	json_set_bytes(object, "text", str_of(edit->text));
	return object;
}

/* None where a fix needs to know more. */
static json_t *edits_json(const struct lint_report *report,
			  struct lint_unit *unit, const struct finding *finding)
{
	json_t *edits = json_array();

	for (size_t i = 0; i < finding->fix.edits.count; i++)
		json_array_append_new(edits,
				      edit_json(report, unit, finding->document,
						&finding->fix.edits.items[i]));
	return edits;
}

static void write_fix(FILE *out, const struct lint_report *report,
		      struct lint_unit *unit, const struct finding *finding)
{
	if (!finding->fix.description) {
		fputs("null", out);
		return;
	}
	fprintf(out, "{\"safety\":\"%s\",\"description\":",
		finding->fix.safe ? "safe" : "unsafe");
	json_write_text(out, str_of(finding->fix.description));
	json_write_after(out, ",\"edits\":", edits_json(report, unit, finding));
	fputc('}', out);
}

static json_t *suppression_json(const struct finding *finding)
{
	const struct finding_suppression *suppressed = finding->suppressed;
	json_t *object;

	if (!suppressed)
		return json_null();
	object = json_object();
	json_object_set_new(object, "by",
			    json_lossy_string(str_of(suppressed->by)));
	json_object_set_new(object, "reason",
			    suppressed->reason ? json_lossy_string(str_of(
							 suppressed->reason))
					       : json_null());
	return object;
}

static void write_place(FILE *out, const struct lint_report *report,
			struct lint_unit *unit, const struct finding *finding)
{
	struct source *source = lint_unit_source(unit, finding->document);
	struct source_position begin =
		source_position(report->arena, source, finding->span.begin);
	struct source_position end =
		source_position(report->arena, source, finding->span.end);

	json_write_bytes(out, "file", str_of(source->name));
	fprintf(out,
		",\"line\":%u,\"column\":%u,\"end_line\":%u,"
		"\"end_column\":%u,",
		begin.line, begin.column, end.line, end.column);
}

/* There may be a hundred thousand, so what all have is written without a tree
 * for each. */
static void write_finding(FILE *out, const struct lint_report *report,
			  struct lint_unit *unit, const struct finding *finding)
{
	char fingerprint[FINGERPRINT_TEXT];

	fprintf(out, "{\"rule\":\"%s\",\"severity\":\"%s\",",
		finding->rule->slug, severity_names[finding->severity]);
	write_place(out, report, unit, finding);
	fputs("\"message\":", out);
	json_write_text(out, str_of(finding->message));
	fputc(',', out);
	json_write_bytes(out, "path", finding->path);
	fputc(',', out);
	json_write_bytes(out, "client", finding->client);
	json_write_after(out,
			 ",\"related\":", related_json(report, unit, finding));
	fputs(",\"fix\":", out);
	write_fix(out, report, unit, finding);
	fprintf(out, ",\"fingerprint\":\"%s\"",
		fingerprint_text(finding->fingerprint, fingerprint));
	json_write_after(out, ",\"suppressed\":", suppression_json(finding));
	fputc('}', out);
}

static json_t *files_json(const struct lint_report *report)
{
	json_t *files = json_array();

	for (size_t i = 0; i < report->units.count; i++) {
		const struct lint_unit *unit = report->units.items[i];

		for (size_t k = 0; k < unit->documents.list.count; k++)
			json_array_append_new(
				files, json_lossy_string(str_of(
					       unit->documents.list.items[k]
						       .source.name)));
	}
	return files;
}

void lint_json_write_head(FILE *out, const char *schema,
			  const struct lint_report *report)
{
	char nfs_utils[VERSION_TEXT], kernel[VERSION_TEXT];

	fprintf(out, "{\"schema\":\"%s\"", schema);
	json_write_after(out, ",\"tool\":",
			 json_pack("{s:s,s:s}", "name", "exportctl", "version",
				   EXPORTCTL_VERSION));
	json_write_after(
		out, ",\"target\":",
		json_pack("{s:s,s:s}", "nfs_utils",
			  version_text(report->target.nfs_utils, nfs_utils),
			  "kernel",
			  version_text(report->target.kernel, kernel)));
	json_write_after(out, ",\"files\":", files_json(report));
	json_write_after(out, ",\"exports\":",
			 json_pack("{s:I,s:I}", "written",
				   (json_int_t)report->written, "loaded",
				   (json_int_t)report->loaded));
	if (report->partial)
		fputs(",\"partial\":true", out);
}

void lint_json_write_findings(FILE *out, const struct lint_report *report)
{
	const char *separator = "\n";

	for (size_t i = 0; i < report->units.count; i++) {
		struct lint_unit *unit = report->units.items[i];

		for (size_t k = 0; k < unit->findings.list.count; k++) {
			fputs(separator, out);
			write_finding(out, report, unit,
				      &unit->findings.list.items[k]);
			separator = ",\n";
		}
	}
}

json_t *lint_json_summary(const struct lint_report *report)
{
	json_t *summary = json_object();

	for (int severity = SEVERITY_CRITICAL; severity >= 0; severity--)
		json_object_set_new(
			summary, severity_names[severity],
			json_integer((json_int_t)report->counts[severity]));
	return summary;
}

void render_lint_json(FILE *out, const struct lint_report *report)
{
	lint_json_write_head(out, "exportctl-lint/1", report);
	fputs(",\"findings\":[", out);
	lint_json_write_findings(out, report);
	fputs("]", out);
	json_write_after(out, ",\"summary\":", lint_json_summary(report));
	fputs("}\n", out);
}
