/* exportctl-test/1 */
#include "assert_report.h"
#include "entry_place.h"
#include "json_bytes.h"

static json_t *decided_json(const struct assert_report *report,
			    const struct export_entry *entry)
{
	struct entry_place place;
	json_t *object;

	if (!entry)
		return json_null();
	place = entry_place_of(report->arena, report->table, entry);
	object = json_object();
	json_set_bytes(object, "file", str_of(place.file));
	json_object_set_new(object, "line", json_integer(place.line));
	json_object_set_new(object, "column", json_integer(place.column));
	json_set_bytes(object, "client",
		       entry_client_text(report->arena, report->table, entry));
	return object;
}

static json_t *item_json(const struct assert_report *report,
			 const struct assert_item *item)
{
	const struct assert_outcome *outcome = &item->outcome;
	struct source_position at =
		source_position(report->arena, item->source, item->span.begin);
	bool passes = outcome->result == ASSERT_PASSES;
	json_t *object = json_object();
	char address[IP_ADDRESS_TEXT];

	json_set_bytes(object, "file", str_of(item->source->name));
	json_object_set_new(object, "line", json_integer(at.line));
	json_set_bytes(object, "text", assert_item_text(item));
	json_object_set_new(object, "result",
			    json_string(assert_result_name(outcome->result)));
	json_object_set_new(
		object, "counterexample",
		passes || outcome->counterexample.family == IP_NONE
			? json_null()
			: json_string(ip_address_text(outcome->counterexample,
						      address)));
	json_object_set_new(
		object, "reason",
		passes ? json_null()
		       : json_lossy_string(str_of(outcome->reason)));
	if (passes || !item->path.data)
		json_object_set_new(object, "path", json_null());
	else
		json_set_bytes(object, "path", item->path);
	json_object_set_new(object, "decided_by",
			    decided_json(report, outcome->entry));
	return object;
}

void render_assert_json(FILE *out, const struct assert_report *report)
{
	fputs("{\"schema\":\"exportctl-test/1\",\"assertions\":[", out);
	for (size_t i = 0; i < report->items.count; i++)
		json_write_after(out, i ? ",\n" : "\n",
				 item_json(report, &report->items.items[i]));
	fputs("]}\n", out);
}
