#include "option_edits.h"

/* A second `)` goes, a missing one comes at the end of the word. */
static void repair(struct rule_run *run, struct finding *finding,
		   enum export_problem problem)
{
	struct span span = finding->span;

	if (problem == PROBLEM_UNCLOSED_OPTIONS) {
		finding->fix.description = "close the list";
		rule_edit(run, finding, (struct span){ span.end, span.end },
			  ")");
	} else if (span.end > span.begin + 1) {
		finding->fix.description = "delete the second `)`";
		rule_edit(run, finding,
			  (struct span){ span.begin + 1, span.end }, "");
	}
}

/* A closing parenthesis alone is a part of the name. */
static void check(struct rule_run *run, const struct export_entry *entry)
{
	const struct export_client *client = rule_client(run, entry);
	struct str name = client->name;

	if ((client->type == CLIENT_HOST || client->type == CLIENT_WILDCARD) &&
	    str_find(name, ')') < name.length)
		rule_report(run, entry, export_entry_span(run->table, entry),
			    "`%.*s` is a host name with a parenthesis in it, "
			    "which no host can have",
			    STR_ARG(name));
}

const struct rule rule_unbalanced_parenthesis = {
	.slug = "unbalanced-parenthesis",
	.severity = SEVERITY_CRITICAL,
	.traits = TRAIT_ALL,
	.summary = "an option list with a parenthesis missing or too many",
	.rationale =
		"The options of a client stand between one ( and one ), and "
		"the ) ends the word. exportfs stops reading the file at a "
		"list of any other shape, and withdraws what stands behind it.",
	.remedy = "Write one pair of parentheses directly behind the client.",
	.bad = "/srv/data 10.1.0.0/24(rw\n/srv/more 10.1.0.0/24(ro)\n",
	.good = "/srv/data 10.1.0.0/24(rw)\n/srv/more 10.1.0.0/24(ro)\n",
	.references = (const char *const[]){ "exports(5), DESCRIPTION", NULL },
	.check_entry = check,
	.problems = (const enum export_problem[]){ PROBLEM_UNCLOSED_OPTIONS,
						   PROBLEM_EXTRA_PARENTHESIS,
						   PROBLEM_NONE },
	.repair = repair,
};
