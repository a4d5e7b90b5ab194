#include "etab_drift.h"

#include "etab_format.h"

static uint32_t hash_of(struct str path, struct str client)
{
	return hash_bytes(hash_bytes(0, path), client);
}

static bool is_lost(const struct export_entry *entry)
{
	return entry->state != EXPORT_LOADED &&
	       entry->state != EXPORT_DUPLICATE;
}

static void index_lost(struct rule_run *run, struct id_table *lost)
{
	const struct export_table *table = run->table;
	struct strbuf path = { 0 };

	for (uint32_t i = 0; i < table->entries.count; i++) {
		const struct export_entry *entry = &table->entries.items[i];

		if (!is_lost(entry))
			continue;
		strbuf_clear(&path);
		etab_format_path(&path,
				 export_entry_path(run->arena, table, entry));
		id_table_add(
			run->arena, lost,
			hash_of(strbuf_str(&path),
				export_entry_host(run->arena, table, entry)),
			i);
	}
	strbuf_free(&path);
}

bool etab_drift_find(struct rule_run *run, struct etab_drift *found)
{
	const struct live_state *live = run->local->live;

	*found = (struct etab_drift){ 0 };
	if (!live->etab || live->files_unread)
		return false;
	export_drift_find(run->arena, run->table, live->etab->text,
			  &found->drifts);
	index_lost(run, &found->lost);
	return true;
}

bool etab_drift_is_unapplied(const struct rule_run *run)
{
	const struct live_state *live = run->local->live;

	return !live->files_unread &&
	       live->etab->files_changed > live->etab->written;
}

static bool is_path(struct str path, struct str in_etab)
{
	struct strbuf escaped = { 0 };
	bool equal;

	etab_format_path(&escaped, path);
	equal = str_equal(strbuf_str(&escaped), in_etab);
	strbuf_free(&escaped);
	return equal;
}

const struct export_entry *etab_drift_lost(struct rule_run *run,
					   const struct etab_drift *found,
					   const struct export_drift *drift)
{
	const struct export_table *table = run->table;

	ID_TABLE_EACH (&found->lost, hash_of(drift->path, drift->client), id) {
		const struct export_entry *entry = &table->entries.items[id];

		if (str_equal(export_entry_host(run->arena, table, entry),
			      drift->client) &&
		    is_path(export_entry_path(run->arena, table, entry),
			    drift->path))
			return entry;
	}
	return NULL;
}

struct finding *etab_drift_report(struct rule_run *run,
				  const struct export_drift *drift,
				  const char *format, ...)
{
	struct finding *finding;
	va_list arguments;
	struct strbuf text = { 0 };

	va_start(arguments, format);
	strbuf_vprintf(&text, format, arguments);
	va_end(arguments);
	finding = rule_report_local(run, run->local->live->etab->source,
				    drift->line, "%.*s",
				    STR_ARG(strbuf_str(&text)));
	strbuf_free(&text);
	finding->path = drift->path;
	finding->client = drift->client;
	return finding;
}
