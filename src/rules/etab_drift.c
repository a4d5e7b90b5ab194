#include "etab_drift.h"

#include "etab_format.h"
#include "export_renames.h"
#include "octal_text.h"

/* Equal for clients that are alike. */
static uint32_t hash_of(struct str path, struct str client)
{
	return hash_bytes_nocase(hash_bytes(0, path),
				 export_renames_common(client));
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

bool etab_drift_is_unapplied(const struct rule_run *run)
{
	const struct live_state *live = run->local->live;

	return !live->files_unread && live->etab->age != ETAB_CURRENT;
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

/* Tries to find the line of etab for a path that leads elsewhere by now. */
struct moves {
	struct rule_run *run;
	struct export_drifts *drifts;
	size_t extra; /* number of the first line that only etab has */
	bool *taken;  /* each of them */
	unsigned tests;
};

/* Nobody moves so many links at once. */
enum { MOVE_TESTS = 1000000 };

static bool leads_through_link(const struct export_drift *drift)
{
	return drift->kind == DRIFT_MISSING &&
	       drift->entry->written_path != drift->entry->path;
}

static bool is_written_path(const struct moves *moves,
			    const struct export_drift *drift,
			    const struct export_drift *extra)
{
	return is_path(export_table_path(moves->run->table,
					 drift->entry->written_path),
		       extra->path);
}

static bool is_alike(const struct export_drift *drift,
		     const struct export_drift *extra)
{
	return export_renames_alike(drift->client, extra->client) &&
	       export_drift_same(drift->wanted, extra->found);
}

/* The number of the line, or 0. */
static size_t find_moved(struct moves *moves, const struct export_drift *drift)
{
	const struct export_drift *drifts = moves->drifts->list.items;
	bool is_current = !etab_drift_is_unapplied(moves->run);
	size_t best = 0;

	for (size_t i = moves->extra; i < moves->drifts->list.count; i++) {
		if (moves->tests++ >= MOVE_TESTS)
			return 0;
		if (moves->taken[i] || !is_alike(drift, &drifts[i]))
			continue;
		if (is_written_path(moves, drift, &drifts[i]))
			return i;
		if (is_current && !best)
			best = i;
	}
	return best;
}

static void take_moved(struct moves *moves, struct export_drift *drift)
{
	size_t index = find_moved(moves, drift);
	const struct export_drift *extra = &moves->drifts->list.items[index];

	if (!index)
		return;
	moves->taken[index] = true;
	drift->kind = DRIFT_MOVED;
	drift->line = extra->line;
	drift->found = extra->found;
	drift->found_path = extra->path;
}

static void drop_taken(struct moves *moves)
{
	struct export_drifts *drifts = moves->drifts;
	size_t kept = moves->extra;

	for (size_t i = moves->extra; i < drifts->list.count; i++)
		if (!moves->taken[i])
			drifts->list.items[kept++] = drifts->list.items[i];
	drifts->list.count = kept;
}

static void find_moves(struct rule_run *run, struct export_drifts *drifts)
{
	struct moves moves = { .run = run, .drifts = drifts };

	while (moves.extra < drifts->list.count &&
	       drifts->list.items[moves.extra].kind != DRIFT_EXTRA)
		moves.extra++;
	moves.taken = arena_alloc_array(run->arena, drifts->list.count,
					sizeof(*moves.taken));
	for (size_t i = 0; i < moves.extra; i++)
		if (leads_through_link(&drifts->list.items[i]))
			take_moved(&moves, &drifts->list.items[i]);
	drop_taken(&moves);
}

bool etab_drift_find(struct rule_run *run, struct etab_drift *found)
{
	const struct live_state *live = run->local->live;

	*found = (struct etab_drift){ 0 };
	if (!live->etab || live->files_unread)
		return false;
	export_drift_find(run->arena, run->table, live->etab->text,
			  &found->drifts);
	find_moves(run, &found->drifts);
	index_lost(run, &found->lost);
	return true;
}

const struct export_entry *etab_drift_lost(struct rule_run *run,
					   const struct etab_drift *found,
					   const struct export_drift *drift)
{
	const struct export_table *table = run->table;

	ID_TABLE_EACH (&found->lost, hash_of(drift->path, drift->client), id) {
		const struct export_entry *entry = &table->entries.items[id];

		if (export_renames_alike(
			    export_entry_host(run->arena, table, entry),
			    drift->client) &&
		    is_path(export_entry_path(run->arena, table, entry),
			    drift->path))
			return entry;
	}
	return NULL;
}

struct str etab_drift_path(struct rule_run *run, struct str in_etab)
{
	return octal_text_decode(run->arena, in_etab);
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
	finding->path = etab_drift_path(run, drift->path);
	finding->client = drift->client;
	return finding;
}
