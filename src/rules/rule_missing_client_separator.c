#include "entry_words.h"
#include "export_options.h"
#include "option_edits.h"

/* a(rw)b(ro), also with a comma between the two. A blank would make a comment
 * of what follows a "#". */
static void repair(struct rule_run *run, struct finding *finding,
		   enum export_problem problem)
{
	struct str text = finding_text(run, finding);
	struct span gap = { finding->span.begin + 1, finding->span.begin + 1 };

	if (problem != PROBLEM_TEXT_BEHIND_OPTIONS ||
	    gap.end >= finding->span.end)
		return;
	gap.end += text.data[gap.begin] == ',' || text.data[gap.begin] == ';';
	if (gap.end < text.length && strchr("#\\\"", text.data[gap.end]))
		return;
	finding->fix.description = "separate the clients by blanks";
	rule_edit(run, finding, gap, " ");
}

/* "rw," behind a blank is an option, not two clients. */
static bool begins_with_option(struct str name)
{
	bool clears;

	name.length = str_find(name, ',');
	return export_option_find(name, &clears) != NULL;
}

static void check(struct rule_run *run, const struct export_entry *entry)
{
	const struct export_client *client = rule_client(run, entry);
	struct str name = client->name;

	if ((client->type != CLIENT_HOST && client->type != CLIENT_WILDCARD) ||
	    str_find(name, '[') < name.length ||
	    (str_find(name, ',') == name.length &&
	     str_find(name, ';') == name.length) ||
	    begins_with_option(name))
		return;
	rule_report(run, entry, export_entry_span(run->table, entry),
		    "`%.*s` is one host name, which no host can have",
		    STR_ARG(name))
		->fix.description = "separate the clients by blanks";
}

const struct rule rule_missing_client_separator = {
	.slug = "missing-client-separator",
	.severity = SEVERITY_CRITICAL,
	.traits = TRAIT_ALL,
	.summary = "clients that no blank separates",
	.rationale = "Clients are separated by blanks and nothing else. At "
		     "text behind the ) of a client exportfs stops reading "
		     "the file and withdraws what follows; clients with a "
		     "comma or semicolon between them are one name, so that "
		     "none of them gets access.",
	.remedy = "Write a blank between two clients, each with its own "
		  "options, and before a comment.",
	.bad = "/srv/data 10.1.0.1(rw),10.1.0.2(ro)\n/srv/more "
	       "10.1.0.0/24(ro)\n",
	.good = "/srv/data 10.1.0.1(rw) 10.1.0.2(ro)\n/srv/more "
		"10.1.0.0/24(ro)\n",
	.references = (const char *const[]){ "exports(5), DESCRIPTION", NULL },
	.problems = (const enum export_problem[]){ PROBLEM_TEXT_BEHIND_OPTIONS,
						   PROBLEM_JOINED_CLIENTS,
						   PROBLEM_NONE },
	.repair = repair,
	.check_entry = check,
};
