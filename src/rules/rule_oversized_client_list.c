#include "client_rules.h"

enum { MANY_CLIENTS = 100 };

/* For each path how many clients it has. */
static uint32_t *count_clients(struct rule_run *run)
{
	const struct export_table *table = run->table;
	uint32_t *counts = arena_alloc_array(
		run->arena, table->input.lookups->paths.list.count,
		sizeof(*counts));

	for (size_t i = 0; i < table->entries.count; i++)
		if (table->entries.items[i].state == EXPORT_LOADED)
			counts[table->entries.items[i].path]++;
	return counts;
}

static void check_table(struct rule_run *run)
{
	const struct export_table *table = run->table;
	uint32_t *counts = count_clients(run);

	for (size_t i = 0; i < table->entries.count; i++) {
		const struct export_entry *entry = &table->entries.items[i];
		struct finding *finding;

		if (entry->state != EXPORT_LOADED ||
		    counts[entry->path] < MANY_CLIENTS)
			continue;
		finding = rule_report(
			run, entry, client_host_span(run, entry),
			"exportfs compares each of the %u clients of %.*s with "
			"all the others whenever it runs",
			counts[entry->path],
			STR_ARG(export_entry_path(run->arena, run->table,
						  entry)));
		finding->client = STR("");
		finding->fix.description =
			"write networks or a netgroup instead";
		counts[entry->path] = 0; /* once for a path */
	}
}

/* "/srv/data 10.1.0.0(rw) 10.1.0.1(rw) …", a hundred of them */
#define TEN(net)                                                               \
	" " net "0(ro) " net "1(ro) " net "2(ro) " net "3(ro) " net "4(ro)"    \
	" " net "5(ro) " net "6(ro) " net "7(ro) " net "8(ro) " net "9(ro)"

const struct rule rule_oversized_client_list = {
	.slug = "oversized-client-list",
	.severity = SEVERITY_LOW,
	.traits = TRAIT_ALL,
	.summary = "a path with a hundred clients or more",
	.rationale = "exportfs and mountd look for each client among all the "
		     "others of its kind, one after another, so twice the "
		     "clients take four times as long. Long lists are also "
		     "where forgotten hosts hide.",
	.remedy = "Write networks, or a netgroup.",
	.bad = "/srv/data" TEN("10.1.0.1") TEN("10.1.0.2") TEN("10.1.0.3")
		TEN("10.1.0.4") TEN("10.1.0.5") TEN("10.1.0.6") TEN("10.1.0.7")
			TEN("10.1.0.8") TEN("10.1.0.9") TEN("10.1.0.10") "\n",
	.good = "/srv/data 10.1.0.0/25(ro) @trusted(ro)\n",
	.references = (const char *const[]){ "exports(5), Machine Name Formats",
					     NULL },
	.check_table = check_table,
};
