#include "remote_exposure.h"

#include "rule_catalog.h"
#include "rule_runner.h"
#include "server_survey.h"

/* Asks the rule, so that nothing is judged twice in two ways. */
static bool is_so(const struct export_table *table,
		  const struct local_state *local, const char *slug)
{
	struct arena *arena = arena_new();
	struct finding_list findings = { 0 };
	bool found;

	rule_run(arena, table, local, rule_find(slug), &findings);
	found = findings.list.count;
	arena_free(arena);
	return found;
}

void remote_exposure_find(const struct export_table *table,
			  const struct local_state *local,
			  struct remote_exposure *exposure)
{
	uint16_t weights[EXPOSURE_REASONS_MAX] = { 0 };
	uint8_t tenths[EXPOSURE_REASONS_MAX];
	unsigned group = 0, count = 0;

	*exposure = (struct remote_exposure){
		.known = local->survey->via != NULL,
	};
	for (const struct exposure_sight *sight = exposure_sights;
	     exposure->known && sight->weight.id; sight++) {
		if (sight->group == group ||
		    !is_so(table, local, sight->weight.id))
			continue;
		group = sight->group;
		weights[count] = sight->weight.weight;
		exposure->reasons[count++].weight = &sight->weight;
	}
	exposure->count = (uint8_t)count;
	exposure->tenths =
		(uint8_t)exposure_divide(weights, count, 100, 100, tenths);
	for (unsigned i = 0; i < count; i++)
		exposure->reasons[i].tenths = tenths[i];
}
