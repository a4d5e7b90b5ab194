/* SARIF 2.1.0 (OASIS), written result by result. */
#include "finding_fingerprint.h"
#include "json_bytes.h"
#include "lint_report.h"
#include "rule_catalog.h"
#include "rule_report.h"
#include "text_escape.h"

static const char schema[] =
	"https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/"
	"sarif-schema-2.1.0.json";

/* How bad, as code scanning sorts it: 9.0 and more is critical. */
static const char *const security_severities[SEVERITIES] = {
	[SEVERITY_INFO] = "0.5",     [SEVERITY_LOW] = "3.0",
	[SEVERITY_MEDIUM] = "5.5",   [SEVERITY_HIGH] = "8.0",
	[SEVERITY_CRITICAL] = "9.5",
};

/* Foreign bytes are escaped in what people read. */
static json_t *escaped_string(const char *text)
{
	struct strbuf escaped = { 0 };
	json_t *string;

	text_escape(&escaped, str_of(text));
	string = json_lossy_string(strbuf_str(&escaped));
	strbuf_free(&escaped);
	return string;
}

static json_t *message_json(const char *text)
{
	return json_pack("{s:o}", "text", escaped_string(text));
}

/* A path as RFC 3986 wants it. */
static json_t *uri_string(struct str path)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
				    "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "0123456789-._~/";
	struct strbuf uri = { 0 };
	json_t *string;

	for (size_t i = 0; i < path.length; i++)
		if (path.data[i] && strchr(plain, path.data[i]))
			strbuf_add_char(&uri, path.data[i]);
		else
			strbuf_printf(&uri, "%%%02X",
				      (unsigned)(unsigned char)path.data[i]);
	string = json_lossy_string(strbuf_str(&uri));
	strbuf_free(&uri);
	return string;
}

/* Relative URIs: absolute paths are relative to ROOT, others to where the
 * program was started. */
static json_t *artifact_json(const struct source *source)
{
	struct str path = str_of(source->name);
	json_t *artifact = json_object();

	if (path.length && path.data[0] == '/') {
		path = str_skip(path, 1);
		json_object_set_new(artifact, "uriBaseId", json_string("ROOT"));
	}
	json_object_set_new(artifact, "uri", uri_string(path));
	return artifact;
}

static json_t *region_json(const struct lint_report *report,
			   struct source *source, struct span span)
{
	struct source_position begin =
		source_position(report->arena, source, span.begin);
	struct source_position end =
		source_position(report->arena, source, span.end);

	return json_pack("{s:I,s:I,s:I,s:I,s:I,s:I}", "startLine",
			 (json_int_t)begin.line, "startColumn",
			 (json_int_t)begin.column_chars, "endLine",
			 (json_int_t)end.line, "endColumn",
			 (json_int_t)end.column_chars, "byteOffset",
			 (json_int_t)span.begin, "byteLength",
			 (json_int_t)(span.end - span.begin));
}

static json_t *location_json(const struct lint_report *report,
			     struct lint_unit *unit, uint32_t document,
			     struct span span)
{
	struct source *source = lint_unit_source(unit, document);
	json_t *physical = json_object();

	json_object_set_new(physical, "artifactLocation",
			    artifact_json(source));
	if (source->text.length)
		json_object_set_new(physical, "region",
				    region_json(report, source, span));
	return json_pack("{s:o}", "physicalLocation", physical);
}

static json_t *related_json(const struct lint_report *report,
			    struct lint_unit *unit,
			    const struct finding *finding)
{
	json_t *related = json_array();

	for (size_t i = 0; i < finding->related.count; i++) {
		const struct finding_place *place = &finding->related.items[i];
		json_t *location = location_json(report, unit, place->document,
						 place->span);

		json_object_set_new(location, "id",
				    json_integer((json_int_t)i + 1));
		json_object_set_new(location, "message",
				    message_json(place->message));
		json_array_append_new(related, location);
	}
	return related;
}

static json_t *fix_json(const struct lint_report *report,
			struct lint_unit *unit, const struct finding *finding)
{
	struct source *source = lint_unit_source(unit, finding->document);
	json_t *replacements = json_array();

	for (size_t i = 0; i < finding->fix.edits.count; i++) {
		const struct text_edit *edit = &finding->fix.edits.items[i];

		json_array_append_new(
			replacements,
			json_pack("{s:o,s:{s:o}}", "deletedRegion",
				  region_json(report, source, edit->span),
				  "insertedContent", "text",
				  json_lossy_string(str_of(edit->text))));
	}
	return json_pack("{s:o,s:[{s:o,s:o}]}", "description",
			 message_json(finding->fix.description),
			 "artifactChanges", "artifactLocation",
			 artifact_json(source), "replacements", replacements);
}

static json_t *suppression_json(const struct finding_suppression *suppressed)
{
	bool in_source = strcmp(suppressed->by, "comment") == 0;
	json_t *suppression = json_pack("{s:s,s:s}", "kind",
					in_source ? "inSource" : "external",
					"status", "accepted");

	json_object_set_new(suppression, "justification",
			    escaped_string(suppressed->reason
						   ? suppressed->reason
						   : suppressed->by));
	return suppression;
}

/* Where one run suppresses something, every result says whether it is. */
static json_t *suppressions_json(const struct finding *finding)
{
	json_t *suppressions = json_array();

	if (finding->suppressed)
		json_array_append_new(suppressions,
				      suppression_json(finding->suppressed));
	return suppressions;
}

static json_t *result_json(const struct lint_report *report,
			   struct lint_unit *unit,
			   const struct finding *finding)
{
	char text[FINGERPRINT_TEXT];
	json_t *result = json_pack(
		"{s:s,s:I,s:s,s:o,s:[o],s:{s:s},s:o}", "ruleId",
		finding->rule->slug, "ruleIndex",
		(json_int_t)rule_index(finding->rule), "level",
		lint_levels[finding->severity].gcc, "message",
		message_json(finding->message), "locations",
		location_json(report, unit, finding->document, finding->span),
		"partialFingerprints", "exportctl/v1",
		fingerprint_text(finding->fingerprint, text), "suppressions",
		suppressions_json(finding));

	if (finding->related.count)
		json_object_set_new(result, "relatedLocations",
				    related_json(report, unit, finding));
	if (finding->fix.edits.count)
		json_object_set_new(
			result, "fixes",
			json_pack("[o]", fix_json(report, unit, finding)));
	return result;
}

/* The page of explain, in Markdown. */
static json_t *markdown_string(const struct rule *rule)
{
	char *text = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&text, &size);
	json_t *string;

	if (!out)
		arena_exhausted();
	render_rules_markdown(out, &rule, 1, true);
	fclose(out);
	string = json_string(text);
	free(text);
	return string;
}

static json_t *rule_json(const struct rule *rule)
{
	return json_pack(
		"{s:s,s:s,s:{s:s},s:{s:s},s:{s:s,s:o},s:{s:s},"
		"s:{s:s,s:[s,s]}}",
		"id", rule->slug, "name", rule->slug, "shortDescription",
		"text", rule->summary, "fullDescription", "text",
		rule->rationale, "help", "text", rule->remedy, "markdown",
		markdown_string(rule), "defaultConfiguration", "level",
		lint_levels[rule->severity].gcc, "properties",
		"security-severity", security_severities[rule->severity],
		"tags", "nfs", "security");
}

static void write_rules(FILE *out)
{
	for (size_t i = 0; i < rule_count; i++) {
		fputs(i ? ",\n" : "\n", out);
		json_write(out, rule_json(rule_catalog[i]));
	}
}

static void write_results(FILE *out, const struct lint_report *report)
{
	const char *separator = "\n";

	for (size_t i = 0; i < report->units.count; i++) {
		struct lint_unit *unit = report->units.items[i];

		for (size_t k = 0; k < unit->findings.list.count; k++) {
			fputs(separator, out);
			json_write(out,
				   result_json(report, unit,
					       &unit->findings.list.items[k]));
			separator = ",\n";
		}
	}
}

void render_lint_sarif(FILE *out, const struct lint_report *report)
{
	fprintf(out,
		"{\"$schema\":\"%s\",\"version\":\"2.1.0\",\"runs\":[{"
		"\"tool\":{\"driver\":{\"name\":\"exportctl\","
		"\"version\":\"%s\",\"rules\":[",
		schema, EXPORTCTL_VERSION);
	write_rules(out);
	fprintf(out,
		"]}},\"columnKind\":\"unicodeCodePoints\","
		"\"originalUriBaseIds\":{\"ROOT\":{\"uri\":\"file:///\"}},"
		"\"invocations\":[{\"executionSuccessful\":%s}],"
		"\"results\":[",
		report->partial ? "false" : "true");
	write_results(out, report);
	fputs("]}]}\n", out);
}
