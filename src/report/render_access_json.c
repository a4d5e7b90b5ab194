/* exportctl-access/1 */
#include "access_report.h"
#include "json_bytes.h"

static json_t *client_json(const struct access_item *item)
{
	char text[IP_ADDRESS_TEXT];
	json_t *object = json_object(), *names = json_array();

	json_object_set_new(object, "address",
			    item->client->address.family == IP_NONE
				    ? json_null()
				    : json_string(ip_address_text(
					      item->client->address, text)));
	for (size_t i = 0; i < item->client->name_count; i++)
		json_array_append_new(
			names, json_lossy_string(item->client->names[i]));
	json_object_set_new(object, "names", names);
	return object;
}

static void set_id(json_t *object, const char *key, bool asked,
		   const struct access_right *right, uint32_t id,
		   int32_t anonymous)
{
	if (asked)
		json_object_set_new(
			object, key,
			json_integer(access_squash(right, id, anonymous)));
}

static json_t *right_json(const struct access_report *report,
			  const struct access_answer *answer,
			  const struct access_right *right)
{
	json_t *object = json_pack(
		"{s:s,s:s,s:s,s:b,s:I,s:I,s:b,s:b}", "sec", right->flavor->name,
		"access", right->read_only ? "ro" : "rw", "root",
		right->root_squash || right->all_squash ? "squashed" : "kept",
		"all_squash", right->all_squash, "anonuid",
		(json_int_t)(uint32_t)answer->anonuid, "anongid",
		(json_int_t)(uint32_t)answer->anongid, "port_fits",
		right->port_fits, "usable", right->usable);

	set_id(object, "uid", report->has_uid, right, report->uid,
	       answer->anonuid);
	set_id(object, "gid", report->has_gid, right, report->gid,
	       answer->anongid);
	return object;
}

static json_t *rights_json(const struct access_report *report,
			   const struct access_answer *answer)
{
	json_t *rights = json_array();

	for (unsigned i = 0; i < answer->right_count; i++)
		json_array_append_new(
			rights, right_json(report, answer, &answer->rights[i]));
	return rights;
}

static void set_place(json_t *object, const struct access_report *report,
		      const struct export_entry *entry, bool with_column)
{
	struct entry_place place =
		entry_place_of(report->arena, report->table, entry);

	json_set_bytes(object, "file", str_of(place.file));
	json_object_set_new(object, "line", json_integer(place.line));
	if (with_column)
		json_object_set_new(object, "column",
				    json_integer(place.column));
	json_set_bytes(object, "client",
		       entry_client_text(report->arena, report->table, entry));
}

static json_t *decided_json(const struct access_report *report,
			    const struct access_answer *answer)
{
	json_t *object;

	if (answer->selection.reason != SELECT_ENTRY)
		return json_null();
	object = json_object();
	set_place(object, report, answer->selection.entry, true);
	return object;
}

static json_t *considered_json(const struct access_report *report,
			       const struct access_item *item)
{
	json_t *list = json_array();

	for (size_t i = 0; i < item->considered.list.count; i++) {
		const struct considered_entry *considered =
			&item->considered.list.items[i];
		json_t *object = json_object();

		set_place(object, report, considered->entry, false);
		json_object_set_new(object, "outcome",
				    json_string(considered_outcome_name(
					    considered->outcome)));
		json_object_set_new(object, "why",
				    json_lossy_string(str_of(considered->why)));
		json_array_append_new(list, object);
	}
	return list;
}

static json_t *depends_json(const struct access_answer *answer)
{
	json_t *list = json_array();

	for (size_t i = 0; i < answer->depends_on.count; i++)
		json_array_append_new(
			list,
			json_lossy_string(str_of(answer->depends_on.items[i])));
	return list;
}

static void set_export(json_t *object, const struct access_report *report,
		       const struct access_answer *answer)
{
	const struct export_entry *entry = answer->selection.entry;

	if (answer->selection.reason == SELECT_ENTRY)
		json_set_bytes(object, "export",
			       export_table_path(report->table, entry->path));
	else
		json_object_set_new(object, "export", json_null());
}

static void set_answer(json_t *object, const struct access_report *report,
		       const struct access_item *item)
{
	static const char *const transports[] = {
		[TRANSPORT_ANY] = "any",
		[TRANSPORT_TLS] = "tls",
		[TRANSPORT_MTLS] = "mtls",
		[TRANSPORT_IGNORED] = "ignored",
	};
	const struct access_answer *answer = &item->answer;

	json_set_bytes(object, "path", item->path);
	set_export(object, report, answer);
	json_object_set_new(object, "verdict",
			    json_string(access_verdict_name(answer->verdict)));
	json_object_set_new(object, "why",
			    json_lossy_string(str_of(answer->why)));
	json_object_set_new(object, "depends_on", depends_json(answer));
	json_object_set_new(object, "mnt_status",
			    item->mnt_status < 0
				    ? json_null()
				    : json_integer(item->mnt_status));
	json_object_set_new(object, "rights", rights_json(report, answer));
	json_object_set_new(object, "transport",
			    json_string(transports[answer->transport]));
	json_object_set_new(object, "decided_by", decided_json(report, answer));
	json_object_set_new(object, "considered",
			    considered_json(report, item));
}

static json_t *target_json(const struct access_report *report)
{
	char nfs_utils[VERSION_TEXT], kernel[VERSION_TEXT];
	struct target target = report->table->input.rules.target;

	return json_pack("{s:s,s:s}", "nfs_utils",
			 version_text(target.nfs_utils, nfs_utils), "kernel",
			 version_text(target.kernel, kernel));
}

void render_access_json(FILE *out, const struct access_report *report)
{
	json_write_after(out, "{\"schema\":\"exportctl-access/1\",\"target\":",
			 target_json(report));
	if (report->items.list.count)
		json_write_after(out, ",\"client\":",
				 client_json(&report->items.list.items[0]));
	fputs(",\"answers\":[", out);
	for (size_t i = 0; i < report->items.list.count; i++) {
		const struct access_item *item = &report->items.list.items[i];
		json_t *object = json_object();

		/* of a name with several addresses */
		if (item->client != report->items.list.items[0].client)
			json_object_set_new(object, "client",
					    client_json(item));
		set_answer(object, report, item);
		json_write_after(out, i ? ",\n" : "\n", object);
	}
	fputs("]}\n", out);
}

/* One element of answers a line, with its client. */
void render_access_jsonl(FILE *out, const struct access_report *report)
{
	for (size_t i = 0; i < report->items.list.count; i++) {
		json_t *object = json_object();

		json_object_set_new(object, "schema",
				    json_string("exportctl-access/1"));
		json_object_set_new(object, "client",
				    client_json(&report->items.list.items[i]));
		set_answer(object, report, &report->items.list.items[i]);
		json_write_after(out, "", object);
		putc('\n', out);
	}
}
