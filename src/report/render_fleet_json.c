/* exportctl-audit-fleet/1 */
#include "fleet_report.h"
#include "lint_json.h"

static json_t *text_or_null(const char *text)
{
	return text ? json_lossy_string(str_of(text)) : json_null();
}

static json_t *count_or_null(bool known, size_t count)
{
	return known ? json_integer((json_int_t)count) : json_null();
}

static json_t *tenths_json(unsigned tenths)
{
	return json_real(tenths / 10.0);
}

static json_t *exposure_json(const struct remote_exposure *exposure)
{
	json_t *reasons = json_array(), *object = json_object();
	enum exposure_level level = exposure_level_of(exposure->tenths);

	for (unsigned i = 0; i < exposure->count; i++) {
		const struct remote_reason *reason = &exposure->reasons[i];

		json_array_append_new(
			reasons,
			json_pack("{s:s,s:f,s:o,s:s}", "id", reason->weight->id,
				  "weight", reason->weight->weight / 100.0,
				  "points", tenths_json(reason->tenths), "text",
				  reason->weight->text));
	}
	json_object_set_new(object, "score", tenths_json(exposure->tenths));
	json_object_set_new(object, "level",
			    json_string(exposure_levels[level].name));
	json_object_set_new(object, "reasons", reasons);
	return object;
}

static json_t *server_json(const struct fleet_server *server)
{
	const struct server_survey *survey = &server->survey;
	char address[IP_ADDRESS_TEXT];
	json_t *object = json_object();

	json_object_set_new(object, "host", text_or_null(survey->host));
	json_object_set_new(object, "address",
			    survey->address.family == IP_NONE
				    ? json_null()
				    : json_string(ip_address_text(
					      survey->address, address)));
	json_object_set_new(object, "status", json_string(survey->status));
	json_object_set_new(object, "error", text_or_null(survey->error));
	json_object_set_new(object, "via", text_or_null(survey->via));
	json_object_set_new(
		object, "exports",
		count_or_null(survey->via != NULL, survey->exports));
	json_object_set_new(
		object, "mounts",
		count_or_null(survey->tells_mounts, survey->mounts));
	json_object_set_new(object, "exposure",
			    server->exposure.known
				    ? exposure_json(&server->exposure)
				    : json_null());
	return object;
}

void render_fleet_json(FILE *out, const struct fleet_report *report)
{
	fputs("{\"schema\":\"exportctl-audit-fleet/1\"", out);
	if (report->lint.partial)
		fputs(",\"partial\":true", out);
	fputs(",\"servers\":[", out);
	for (size_t i = 0; i < report->servers.count; i++)
		json_write_after(out, i ? ",\n" : "\n",
				 server_json(report->servers.items[i]));
	fputs("],\"findings\":[", out);
	lint_json_write_findings(out, &report->lint);
	fputs("]", out);
	json_write_after(out,
			 ",\"summary\":", lint_json_summary(&report->lint));
	fputs("}\n", out);
}
