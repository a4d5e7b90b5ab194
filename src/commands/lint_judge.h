/* From parsed exports files to findings. */
#ifndef LINT_JUDGE_H
#define LINT_JUDGE_H

#include "lint_choices.h"
#include "lint_report.h"
#include "lint_settings.h"
#include "server_survey.h"
#include "table_gather.h"

/* How all files of a run are judged. */
struct lint_judge {
	struct table_gather *gather;
	const struct rule_choice *choices; /* for each rule of the catalogue */
	const struct lint_settings *settings;
	const struct rule_profile *profile;
	enum severity least; /* findings below it are not asked for; a rule
				that has no others is not run */
	bool no_suppress;    /* neither comments nor waivers count */
	bool in_place; /* what lies below the root says what becomes of them */
	bool whole;    /* these are all exports files of the server */
	bool live;     /* and it runs: what it shows counts, too */
	bool files_unread; /* some of them could not be read */
};

/* Fills unit, of which the documents are given: table, local facts and all
 * findings of the chosen rules, sorted; those that are suppressed are marked.
 * Everything lives in gather->arena. */
bool lint_judge_unit(const struct lint_judge *judge, struct lint_unit *unit,
		     struct failure *failure)
	__attribute__((warn_unused_result));

/* Fills unit, of which the table of no documents is given, with the findings
 * about another server. */
void lint_judge_survey(const struct lint_judge *judge,
		       const struct server_survey *survey,
		       struct lint_unit *unit);

/* The first step alone: only the table. */
bool lint_judge_table(const struct lint_judge *judge, struct lint_unit *unit,
		      struct failure *failure)
	__attribute__((warn_unused_result));

#endif
