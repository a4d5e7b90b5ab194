/* exportctl-who/1 */
#include "entry_place.h"
#include "json_bytes.h"
#include "who_report.h"

static json_t *blocks_json(struct address_set *set, enum ip_family family)
{
	const struct address_ranges *ranges = address_set_ranges(set, family);
	json_t *blocks = json_array();

	for (size_t i = 0; i < ranges->list.count; i++) {
		struct address_range range = ranges->list.items[i];
		char text[IP_ADDRESS_TEXT], block[IP_ADDRESS_TEXT + 8];
		struct ip_address network;
		unsigned prefix;
		bool more;

		do {
			more = address_range_take_network(&range, family,
							  &network, &prefix);
			snprintf(block, sizeof(block), "%s/%u",
				 ip_address_text(network, text), prefix);
			json_array_append_new(blocks, json_string(block));
		} while (more);
	}
	return blocks;
}

static json_t *addresses_json(const struct who_report *report,
			      struct address_set *set, enum ip_family family)
{
	json_t *object = json_object();

	json_object_set_new(object, "blocks", blocks_json(set, family));
	json_object_set_new(
		object, "addresses",
		json_string(address_set_count(report->arena, set, family)));
	return object;
}

static json_t *texts_json(const struct str *texts, size_t count)
{
	json_t *list = json_array();

	for (size_t i = 0; i < count; i++)
		json_array_append_new(list, json_lossy_string(texts[i]));
	return list;
}

static json_t *entry_json(const struct who_report *report,
			  const struct export_entry *entry)
{
	struct entry_place place =
		entry_place_of(report->arena, report->table, entry);
	json_t *object = json_object();

	json_set_bytes(object, "file", str_of(place.file));
	json_object_set_new(object, "line", json_integer(place.line));
	json_object_set_new(object, "column", json_integer(place.column));
	json_set_bytes(object, "client",
		       entry_client_text(report->arena, report->table, entry));
	return object;
}

static json_t *decided_json(const struct who_report *report,
			    const struct exposure_crowd *crowd)
{
	json_t *list = json_array();

	for (size_t i = 0; i < crowd->entries.count; i++)
		json_array_append_new(
			list, entry_json(report, crowd->entries.items[i]));
	return list;
}

static json_t *idle_json(const struct who_report *report)
{
	const struct exposure *exposure = report->exposure;
	json_t *list = json_array();

	for (size_t i = 0; i < exposure->idle.count; i++) {
		const struct exposure_idle *idle = &exposure->idle.items[i];
		json_t *object = entry_json(report, idle->entry);

		json_object_set_new(object, "why",
				    json_lossy_string(str_of(idle->why)));
		json_array_append_new(list, object);
	}
	return list;
}

static void set_crowd(json_t *object, const struct who_report *report,
		      struct exposure_crowd *crowd)
{
	json_object_set_new(object, "ipv4",
			    addresses_json(report, &crowd->addresses, IP_V4));
	json_object_set_new(object, "ipv6",
			    addresses_json(report, &crowd->addresses, IP_V6));
	json_object_set_new(
		object, "except",
		texts_json(crowd->exceptions.items, crowd->exceptions.count));
	json_object_set_new(object, "names",
			    texts_json(crowd->names.items, crowd->names.count));
	json_object_set_new(
		object, "netgroups",
		texts_json(crowd->netgroups.items, crowd->netgroups.count));
	json_object_set_new(
		object, "scattered",
		texts_json(crowd->scattered.items, crowd->scattered.count));
	json_object_set_new(object, "decided_by", decided_json(report, crowd));
}

static json_t *row_json(const struct who_report *report,
			struct exposure_row *row)
{
	json_t *object = json_object(), *sec = json_array();

	for (unsigned i = 0; i < row->flavor_count; i++)
		json_array_append_new(sec, json_string(row->flavors[i]->name));
	json_object_set_new(object, "right",
			    json_string(exposure_right_name(row->right)));
	json_object_set_new(object, "access",
			    json_string(row->read_only ? "ro" : "rw"));
	json_object_set_new(object, "sec", sec);
	json_object_set_new(object, "all_squash",
			    json_boolean(row->all_squash));
	json_object_set_new(object, "anonuid",
			    json_integer((json_int_t)(uint32_t)row->anonuid));
	json_object_set_new(object, "anongid",
			    json_integer((json_int_t)(uint32_t)row->anongid));
	set_crowd(object, report, &row->crowd);
	return object;
}

static json_t *undecided_json(const struct who_report *report)
{
	struct exposure_crowd *crowd = &report->exposure->undecided;
	json_t *object;

	if (exposure_crowd_is_empty(crowd))
		return json_null();
	object = json_object();
	set_crowd(object, report, crowd);
	return object;
}

void render_who_json(FILE *out, const struct who_report *report)
{
	struct exposure *exposure = report->exposure;

	fputs("{\"schema\":\"exportctl-who/1\",", out);
	json_write_bytes(out, "path", report->path);
	json_write_after(out, ",\"undecided\":", undecided_json(report));
	json_write_after(out, ",\"without_effect\":", idle_json(report));
	fputs(",\"reach\":[", out);
	for (size_t i = 0; i < exposure->rows.count; i++)
		json_write_after(out, i ? ",\n" : "\n",
				 row_json(report, &exposure->rows.items[i]));
	fputs("]}\n", out);
}
