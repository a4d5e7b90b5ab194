/* exportctl-show/1, written entry by entry. */
#include "entry_reason.h"
#include "etab_writer.h"
#include "export_options.h"
#include "json_bytes.h"
#include "show_report.h"

static void set_ranges(json_t *options, const char *key,
		       struct id_ranges ranges)
{
	struct strbuf text = { 0 };

	for (uint32_t i = 0; i < ranges.count; i++)
		strbuf_printf(&text, "%s%d-%d", i ? "," : "",
			      ranges.items[i].first, ranges.items[i].last);
	if (ranges.count)
		json_object_set_new(options, key, json_string(text.data));
	strbuf_free(&text);
}

static void set_modes(json_t *options, const struct export_policy *policy)
{
	struct strbuf text = { 0 };

	for (unsigned i = 0; i < policy->mode_count; i++)
		strbuf_printf(&text, "%s%s", i ? ":" : "",
			      policy->modes[i].flavor->name);
	if (policy->mode_count)
		json_object_set_new(options, "xprtsec", json_string(text.data));
	strbuf_free(&text);
}

static void set_values(json_t *options, const struct export_policy *policy)
{
	static const char *const reexport[] = {
		[REEXPORT_NONE] = NULL,
		[REEXPORT_AUTO_FSIDNUM] = "auto-fsidnum",
		[REEXPORT_PREDEFINED_FSIDNUM] = "predefined-fsidnum",
	};

	json_object_set_new(options, "anonuid", json_integer(policy->anonuid));
	json_object_set_new(options, "anongid", json_integer(policy->anongid));
	if (policy->flags & EXPORT_FSID)
		json_object_set_new(options, "fsid",
				    json_integer(policy->fsid));
	if (policy->uuid.data)
		json_set_bytes(options, "uuid", policy->uuid);
	if (policy->mountpoint.data)
		json_set_bytes(options, "mountpoint", policy->mountpoint);
	if (policy->location_kind != LOCATION_NONE)
		json_set_bytes(options,
			       policy->location_kind == LOCATION_REFER
				       ? "refer"
				       : "replicas",
			       policy->location);
	if (reexport[policy->reexport])
		json_object_set_new(options, "reexport",
				    json_string(reexport[policy->reexport]));
	set_ranges(options, "squash_uids", policy->squash_uids);
	set_ranges(options, "squash_gids", policy->squash_gids);
	set_modes(options, policy);
}

static json_t *options_json(const struct export_policy *policy)
{
	json_t *options = json_object();

	for (int i = 0; policy && i < EXPORT_OPTIONS; i++) {
		const struct export_option *row = &export_options[i];
		bool set = policy->flags & row->flag;

		if (row->flag)
			json_object_set_new(
				options, row->json,
				json_boolean(set != row->json_is_clear));
	}
	if (policy)
		set_values(options, policy);
	return options;
}

static json_t *rights_json(const struct flavor_entry *flavors, unsigned count)
{
	json_t *rights = json_object(), *names = json_array();
	uint32_t flags = flavors->flags;

	for (unsigned i = 0; i < count; i++)
		json_array_append_new(names,
				      json_string(flavors[i].flavor->name));
	json_object_set_new(rights, "flavors", names);
	json_object_set_new(
		rights, "access",
		json_string(flags & EXPORT_READ_ONLY ? "ro" : "rw"));
	json_object_set_new(
		rights, "root",
		json_string(flags & (EXPORT_ROOT_SQUASH | EXPORT_ALL_SQUASH)
				    ? "squashed"
				    : "kept"));
	json_object_set_new(rights, "all_squash",
			    json_boolean(flags & EXPORT_ALL_SQUASH));
	json_object_set_new(rights, "secure",
			    json_boolean(!(flags & EXPORT_INSECURE_PORT)));
	return rights;
}

static json_t *sec_json(const struct export_policy *policy)
{
	struct flavor_entry flavors[SECURITY_FLAVORS_MAX];
	unsigned count = policy ? export_policy_flavors(policy, flavors) : 0;
	json_t *sec = json_array();

	for (unsigned i = 0, run; i < count; i += run) {
		run = flavor_list_run(flavors, count, i);
		json_array_append_new(sec, rights_json(flavors + i, run));
	}
	return sec;
}

/* The client as nfs-utils has it, or as it is written if that never came to
 * be. */
static void set_client(json_t *object, const struct show_report *report,
		       const struct export_entry *entry)
{
	const struct export_table *table = report->table;
	struct str name;
	enum client_type type;

	if (entry->client != UINT32_MAX) {
		name = table->clients.list.items[entry->client].name;
		type = table->clients.list.items[entry->client].type;
	} else {
		name = export_entry_host(report->arena, table, entry);
		type = client_spec_of(name).type;
	}
	json_set_bytes(object, "client", name);
	json_object_set_new(object, "client_type",
			    json_string(client_type_name(type)));
}

static void set_etab(json_t *object, struct etab_writer *writer,
		     const struct export_entry *entry)
{
	struct strbuf line = { 0 };

	if (entry->state != EXPORT_LOADED &&
	    entry->state != EXPORT_LOST_ON_REREAD) {
		json_object_set_new(object, "etab", json_null());
		return;
	}
	etab_writer_line(writer, entry, &line);
	line.length--; /* without the newline */
	json_set_bytes(object, "etab", strbuf_str(&line));
	strbuf_free(&line);
}

static void set_place(json_t *object, const struct show_report *report,
		      const struct export_entry *entry)
{
	struct source *source =
		&report->table->input.documents->list.items[entry->document]
			 .source;
	struct source_position at =
		source_position(report->arena, source,
				export_entry_span(report->table, entry).begin);

	json_set_bytes(object, "file", str_of(source->name));
	json_object_set_new(object, "line", json_integer(at.line));
	json_object_set_new(object, "column", json_integer(at.column));
}

static json_t *entry_json(const struct show_report *report,
			  struct etab_writer *writer,
			  const struct export_entry *entry)
{
	const struct export_table *table = report->table;
	const struct export_policy *policy =
		entry->policy == UINT32_MAX
			? NULL
			: &table->policies.list.items[entry->policy];
	const char *reason = entry_reason(report->arena, table, entry);
	json_t *object = json_object();

	json_set_bytes(object, "path",
		       export_entry_path(report->arena, table, entry));
	json_set_bytes(object, "written_path",
		       export_entry_written_path(report->arena, table, entry));
	set_client(object, report, entry);
	json_object_set_new(object, "state",
			    json_string(export_state_name(entry->state)));
	json_object_set_new(object, "reason",
			    reason ? json_lossy_string(str_of(reason))
				   : json_null());
	json_object_set_new(object, "options", options_json(policy));
	json_object_set_new(object, "sec", sec_json(policy));
	set_etab(object, writer, entry);
	set_place(object, report, entry);
	return object;
}

/* {"schema":…,"target":…,"files":…, without the closing brace. */
static void write_head(FILE *out, const struct show_report *report)
{
	const struct export_table *table = report->table;
	const struct target *target = &table->input.rules.target;
	char nfs_utils[VERSION_TEXT], kernel[VERSION_TEXT];
	json_t *files = json_array(), *versions;

	for (size_t i = 0; i < table->input.documents->list.count; i++)
		json_array_append_new(
			files, json_lossy_string(str_of(
				       table->input.documents->list.items[i]
					       .source.name)));
	versions = json_pack("{s:s,s:s}", "nfs_utils",
			     version_text(target->nfs_utils, nfs_utils),
			     "kernel", version_text(target->kernel, kernel));
	fputs("{\"schema\":\"exportctl-show/1\",\"target\":", out);
	json_write(out, versions);
	fputs(",\"files\":", out);
	json_write(out, files);
	if (report->partial)
		fputs(",\"partial\":true", out);
}

void render_show_json(FILE *out, const struct show_report *report)
{
	const struct export_table *table = report->table;
	struct etab_writer writer = { .table = table };

	write_head(out, report);
	fputs(",\"entries\":[", out);
	for (size_t i = 0; i < table->entries.count; i++) {
		json_t *entry =
			entry_json(report, &writer, &table->entries.items[i]);

		fputs(i ? ",\n" : "\n", out);
		json_write(out, entry);
	}
	fputs(table->entries.count ? "\n]}\n" : "]}\n", out);
	etab_writer_free(&writer);
}
