#include "server_exposure.h"

#include "client_exposure.h"
#include "live_state.h"
#include "local_server.h"
#include "rule_catalog.h"
#include "rule_runner.h"
#include "shadowed_entries.h"

struct finder {
	struct rule_run run;
	struct server_exposure *exposure;
	bool *shadowed;	  /* by the index of the entry */
	uint8_t *clients; /* by the number of the client: enum exposure_clients,
			     or EXPOSURE_CLIENTS */
	size_t disks_unknown;
};

static void find_shadowed(struct finder *finder)
{
	struct rule_run *run = &finder->run;
	struct path_groups groups = path_groups_of(run);

	finder->shadowed =
		arena_alloc_array(run->arena, run->table->entries.count,
				  sizeof(*finder->shadowed));
	for (size_t i = 0; i < groups.count; i++)
		shadowed_entries_mark(run, &groups.by_path[i],
				      finder->shadowed);
}

/* Neighbours mostly share their clients. */
static enum exposure_clients clients_of(struct finder *finder,
					const struct export_entry *entry)
{
	uint8_t *clients = &finder->clients[entry->client];

	if (*clients == EXPOSURE_CLIENTS)
		*clients = (uint8_t)client_exposure_of(&finder->run, entry);
	return (enum exposure_clients) * clients;
}

static void judge_entry(struct finder *finder, size_t i,
			struct export_exposure *exposure)
{
	const struct export_entry *entry = &finder->run.table->entries.items[i];
	enum exposure_clients clients = finder->shadowed[i]
						? CLIENTS_NOBODY
						: clients_of(finder, entry);

	export_exposure_find(&finder->run, entry, clients, exposure);
	finder->disks_unknown += !exposure->disk_known;
}

/* Puts the exports into order, by counting how many have each number. */
static void sort_exports(struct finder *finder,
			 const struct export_exposure *exports, size_t count)
{
	size_t places[EXPOSURE_MAX + 1] = { 0 }, before = 0;
	struct server_exposure *exposure = finder->exposure;

	for (size_t i = 0; i < count; i++)
		places[exports[i].tenths]++;
	for (unsigned tenths = EXPOSURE_MAX + 1; tenths-- > 0;) {
		size_t here = places[tenths];

		places[tenths] = before;
		before += here;
		exposure->levels[exposure_level_of(tenths)] += here;
	}
	exposure->exports.items = arena_alloc_array(
		finder->run.arena, count, sizeof(*exposure->exports.items));
	exposure->exports.count = count;
	for (size_t i = 0; i < count; i++)
		exposure->exports.items[places[exports[i].tenths]++] =
			exports[i];
}

static void judge_exports(struct finder *finder)
{
	const struct export_table *table = finder->run.table;
	struct arena *arena = finder->run.arena;
	struct export_exposure *exports = arena_alloc_array(
		arena, table->entries.count, sizeof(*exports));
	size_t count = 0;

	finder->clients = arena_alloc_array(arena, table->clients.list.count,
					    sizeof(*finder->clients));
	memset(finder->clients, EXPOSURE_CLIENTS, table->clients.list.count);
	find_shadowed(finder);
	for (size_t i = 0; i < table->entries.count; i++)
		if (table->entries.items[i].state == EXPORT_LOADED)
			judge_entry(finder, i, &exports[count++]);
	sort_exports(finder, exports, count);
}

static bool knows_files(const struct local_state *local)
{
	return local->server;
}

static bool knows_config(const struct local_state *local)
{
	return local->server && local->server->nfs_conf;
}

static bool knows_clients(const struct local_state *local)
{
	return local->live && local->live->in_force;
}

static bool knows_sockets(const struct local_state *local)
{
	return local->live && local->live->udp && local->live->etab;
}

static const struct {
	bool (*is_known)(const struct local_state *local);
	const char *lacking;
} sources[EXPOSURE_SOURCES] = {
	[EXPOSURE_BY_FILES] = { knows_files,
				"who may write the server's files" },
	[EXPOSURE_BY_CONFIG] = { knows_config, "the settings of nfs.conf" },
	[EXPOSURE_BY_CLIENTS] = { knows_clients,
				  "clients that no export is for" },
	[EXPOSURE_BY_SOCKETS] = { knows_sockets, "whether rpcbind answers" },
};

static void note_not_counted(struct finder *finder, const char *what)
{
	*ARRAY_ADD(finder->run.arena, &finder->exposure->not_counted) = what;
}

/* Asks the rule, so that nothing is judged twice in two ways. */
static bool is_so(struct finder *finder, const struct exposure_fact *fact)
{
	const struct rule_run *run = &finder->run;
	struct finding_list findings = { 0 };

	rule_run(run->arena, run->table, run->local, rule_find(fact->weight.id),
		 &findings);
	return findings.list.count;
}

static void add_reason(struct finder *finder,
		       const struct exposure_weight *weight, unsigned tenths)
{
	*ARRAY_ADD(finder->run.arena, &finder->exposure->reasons) =
		(struct server_reason){ weight, (uint8_t)tenths };
	finder->exposure->tenths = (uint8_t)(finder->exposure->tenths + tenths);
}

/* Facts take their weight of what is left to the highest number. */
static void judge_facts(struct finder *finder)
{
	const struct exposure_weight *facts[EXPOSURE_REASONS_MAX];
	uint16_t weights[EXPOSURE_REASONS_MAX];
	uint8_t tenths[EXPOSURE_REASONS_MAX];
	unsigned count = 0;

	for (const struct exposure_fact *fact = exposure_facts; fact->weight.id;
	     fact++) {
		if (!sources[fact->source].is_known(finder->run.local) ||
		    !is_so(finder, fact))
			continue;
		weights[count] = fact->weight.weight;
		facts[count++] = &fact->weight;
	}
	exposure_divide(weights, count, EXPOSURE_MAX - finder->exposure->tenths,
			EXPOSURE_MAX, tenths);
	for (unsigned i = 0; i < count; i++)
		add_reason(finder, facts[i], tenths[i]);
}

static void note_lacks(struct finder *finder)
{
	const struct local_state *local = finder->run.local;

	if (local->live && local->live->files_unread)
		note_not_counted(finder, "exports of files that can't be read");
	if (finder->disks_unknown)
		note_not_counted(finder,
				 arena_printf(finder->run.arena,
					      "the file systems of %zu of %zu "
					      "exports",
					      finder->disks_unknown,
					      finder->exposure->exports.count));
	/* where nothing is exported, the rules have nothing to say */
	if (!finder->exposure->exports.count)
		return;
	for (int i = 0; i < EXPOSURE_SOURCES; i++)
		if (!sources[i].is_known(local))
			note_not_counted(finder, sources[i].lacking);
}

void server_exposure_find(struct arena *arena, const struct export_table *table,
			  const struct local_state *local,
			  struct server_exposure *exposure)
{
	struct finder finder = {
		.run = { .arena = arena, .table = table, .local = local },
		.exposure = exposure,
	};

	*exposure = (struct server_exposure){ 0 };
	judge_exports(&finder);
	if (exposure->exports.count)
		add_reason(&finder, NULL, exposure->exports.items[0].tenths);
	judge_facts(&finder);
	note_lacks(&finder);
}
