/* Runs rules over a table. */
#ifndef RULE_RUNNER_H
#define RULE_RUNNER_H

#include "rule.h"

/* Runs one rule and adds what it finds. local may be NULL for a rule that does
 * not need files. */
void rule_run(struct arena *arena, const struct export_table *table,
	      const struct local_state *local, const struct rule *rule,
	      struct finding_list *findings);

/* Runs the rules about suppressions, once these were applied to what all others
 * have found. */
void rule_run_suppressions(struct arena *arena,
			   const struct export_table *table,
			   const struct local_state *local,
			   const struct suppressions *suppressions,
			   const struct rule *rule,
			   struct finding_list *findings);

/* Sorts findings by document, place, severity (highest first) and rule. */
void rule_sort(struct finding_list *findings);

#endif
