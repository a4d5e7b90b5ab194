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

static json_t *decided_json(const struct who_report *report,
			    const struct exposure_row *row)
{
	json_t *list = json_array();

	for (size_t i = 0; i < row->entries.count; i++) {
		const struct export_entry *entry = row->entries.items[i];
		struct entry_place place =
			entry_place_of(report->arena, report->table, entry);
		json_t *object = json_object();

		json_set_bytes(object, "file", str_of(place.file));
		json_object_set_new(object, "line", json_integer(place.line));
		json_object_set_new(object, "column",
				    json_integer(place.column));
		json_set_bytes(
			object, "client",
			entry_client_text(report->arena, report->table, entry));
		json_array_append_new(list, object);
	}
	return list;
}

static json_t *row_json(const struct who_report *report,
			struct exposure_row *row)
{
	json_t *object = json_object(), *sec = json_array();

	for (unsigned i = 0; i < row->flavor_count; i++)
		json_array_append_new(sec, json_string(row->flavors[i]->name));
	json_object_set_new(object, "right",
			    json_string(exposure_right_name(row->right)));
	json_object_set_new(object, "sec", sec);
	json_object_set_new(object, "ipv4",
			    addresses_json(report, &row->addresses, IP_V4));
	json_object_set_new(object, "ipv6",
			    addresses_json(report, &row->addresses, IP_V6));
	json_object_set_new(object, "names",
			    texts_json(row->names.items, row->names.count));
	json_object_set_new(
		object, "netgroups",
		texts_json(row->netgroups.items, row->netgroups.count));
	json_object_set_new(
		object, "anonuid",
		json_integer((json_int_t)(uint32_t)row->policy->anonuid));
	json_object_set_new(
		object, "anongid",
		json_integer((json_int_t)(uint32_t)row->policy->anongid));
	json_object_set_new(object, "decided_by", decided_json(report, row));
	return object;
}

void render_who_json(FILE *out, const struct who_report *report)
{
	struct exposure *exposure = report->exposure;

	fputs("{\"schema\":\"exportctl-who/1\",", out);
	json_write_bytes(out, "path", report->path);
	fprintf(out, ",\"exact\":%s,\"reach\":[",
		exposure->scattered || exposure->unknown_file_systems ? "false"
								      : "true");
	for (size_t i = 0; i < exposure->rows.count; i++)
		json_write_after(out, i ? ",\n" : "\n",
				 row_json(report, &exposure->rows.items[i]));
	fputs("]}\n", out);
}
