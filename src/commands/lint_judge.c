#include "lint_judge.h"

#include "local_facts.h"
#include "rule_catalog.h"
#include "rule_runner.h"

bool lint_judge_table(const struct lint_judge *judge, struct lint_unit *unit,
		      struct failure *failure)
{
	struct export_table reread;

	table_gather_build(judge->gather, &unit->documents, &unit->table);
	return !etab_reread_is_needed(&unit->table) ||
	       table_gather_reread(judge->gather, &unit->table, &reread,
				   failure);
}

static void run_rules(const struct lint_judge *judge, struct lint_unit *unit)
{
	for (size_t i = 0; i < rule_count; i++) {
		const struct rule_choice *choice = &judge->choices[i];
		size_t first = unit->findings.list.count;

		if (!choice->on)
			continue;
		rule_run(judge->gather->arena, &unit->table, unit->local,
			 rule_catalog[i], &unit->findings);
		for (; choice->changed && first < unit->findings.list.count;
		     first++)
			unit->findings.list.items[first].severity =
				choice->severity;
	}
}

bool lint_judge_unit(const struct lint_judge *judge, struct lint_unit *unit,
		     struct failure *failure)
{
	if (!lint_judge_table(judge, unit, failure))
		return false;
	if (judge->in_place)
		unit->local =
			local_facts_gather(judge->gather->arena,
					   judge->gather->root, &unit->table);
	run_rules(judge, unit);
	rule_sort(&unit->findings);
	return true;
}
