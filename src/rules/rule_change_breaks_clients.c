#include "client_rights.h"
#include "etab_drift.h"

enum { NAMED_CLIENTS = 3 };

/* Those who lose all that they have. */
struct losers {
	size_t count;
	size_t live; /* of them; others are perhaps gone by now */
	struct strbuf names;
};

static void find_losers(struct table_rights *now, struct table_rights *then,
			const struct live_clients *clients,
			struct losers *losers)
{

	for (size_t i = 0; i < clients->list.count; i++) {
		const struct live_client *client = &clients->list.items[i];

		if (client->state == CLIENT_STALE ||
		    table_rights_of(now, client) != MATCH_YES ||
		    table_rights_of(then, client) != MATCH_NO)
			continue;
		losers->live += client->state == CLIENT_LIVE;
		if (losers->count++ < NAMED_CLIENTS)
			strbuf_printf(&losers->names, "%s%.*s",
				      losers->count > 1 ? ", " : "",
				      STR_ARG(client->name));
	}
}

static const char *how_sure(const struct losers *losers)
{
	if (losers->live < losers->count)
		return "may be connected";
	return losers->count == 1 ? "is connected" : "are connected";
}

static void check(struct rule_run *run)
{
	const struct live_state *live = run->local->live;
	struct table_rights now, then;
	struct losers losers = { 0 };
	struct live_clients clients;
	struct finding *finding;

	if (!live->in_force || !etab_drift_is_unapplied(run))
		return;
	table_rights_build(run, live->in_force, &now);
	table_rights_build(run, run->table, &then);
	live_clients_merge(run->arena, live, &clients);
	find_losers(&now, &then, &clients, &losers);
	if (losers.count) {
		finding = rule_report_local(
			run, live->etab->source, (struct span){ 0 },
			"the next `exportfs -ra` takes everything from %zu %s "
			"that %s: %s%s",
			losers.count, losers.count == 1 ? "client" : "clients",
			how_sure(&losers), losers.names.data,
			losers.count > NAMED_CLIENTS ? " and others" : "");
		finding->fix.description =
			"tell them first, or keep an entry for them";
	}
	strbuf_free(&losers.names);
}

const struct rule rule_change_breaks_clients = {
	.slug = "change-breaks-clients",
	.severity = SEVERITY_HIGH,
	.needs = NEEDS_LIVE,
	.traits = TRAIT_ALL,
	.summary = "an edit that is not applied yet cuts clients off",
	.rationale = "When `exportfs -ra` withdraws an export, every access "
		     "fails at once with ESTALE, also writes through files "
		     "that are open. The mount stays in the client's table, "
		     "and programs on it hang or lose data.",
	.remedy = "Unmount on the clients before the files are applied, or "
		  "keep the entry.",
	.bad = "# files\n/srv/data  10.2.0.0/16(rw)\n# etab, and a client at "
	       "10.1.2.3\n/srv/data  10.1.0.0/16(rw)\n",
	.good = "# files\n/srv/data  10.0.0.0/8(rw)\n# etab, and a client at "
		"10.1.2.3\n/srv/data  10.1.0.0/16(rw)\n",
	.references = (const char *const[]){ "exportfs(8), -r", NULL },
	.check_table = check,
};
