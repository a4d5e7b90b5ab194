/* From parsed exports files to findings. */
#ifndef LINT_JUDGE_H
#define LINT_JUDGE_H

#include "lint_choices.h"
#include "lint_report.h"
#include "table_gather.h"

/* How all files of a run are judged. */
struct lint_judge {
	struct table_gather *gather;
	const struct rule_choice *choices; /* for each rule of the catalogue */
	bool in_place; /* what lies below the root says what becomes of them */
};

/* Fills unit, of which the documents are given: table, local facts and all
 * findings of the chosen rules, sorted. Everything lives in gather->arena. */
bool lint_judge_unit(const struct lint_judge *judge, struct lint_unit *unit,
		     struct failure *failure)
	__attribute__((warn_unused_result));

/* The first step alone: only the table. */
bool lint_judge_table(const struct lint_judge *judge, struct lint_unit *unit,
		      struct failure *failure)
	__attribute__((warn_unused_result));

#endif
