/* Which rules a run of lint has, and with which severity. */
#ifndef LINT_CHOICES_H
#define LINT_CHOICES_H

#include "command_options.h"
#include "rule.h"

/* What the options make of a rule. */
struct rule_choice {
	bool on;
	bool changed; /* the severity is the user's, not the profile's */
	enum severity severity;
};

/* "high" and the like. False if text is none of severity_names. */
bool severity_parse(struct str text, enum severity *severity)
	__attribute__((warn_unused_result));

/* The options that choose. */
struct rule_selection {
	struct option_list select, ignore; /* RULE,... */
	struct option_list severities;	   /* RULE=LEVEL */
	bool only_lost;
	bool explain;	/* also rules that explain only */
	unsigned needs; /* enum rule_need: what can be had at all; rules that
			   need more do not run */
};

/* One choice for each rule of the catalogue, in its order, in arena. False
 * with what the user should know of a wrong name or level. */
bool lint_choices_make(struct arena *arena,
		       const struct rule_selection *selection,
		       const struct rule_choice **choices,
		       struct failure *failure)
	__attribute__((warn_unused_result));

#endif
