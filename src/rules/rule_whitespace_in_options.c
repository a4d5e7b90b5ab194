#include "entry_words.h"
#include "export_options.h"
#include "option_edits.h"

/* The end of the blanks from begin on. */
static uint32_t skip_blanks(struct str text, uint32_t begin)
{
	while (begin < text.length &&
	       (text.data[begin] == ' ' || text.data[begin] == '\t'))
		begin++;
	return begin;
}

/* Closes the gap, with a comma if none is beside it. Nothing is sure when no
 * `)` comes in the line, before another list begins. */
static void repair(struct rule_run *run, struct finding *finding,
		   enum export_problem problem)
{
	struct str text = finding_text(run, finding);
	uint32_t begin = finding->span.begin, end = skip_blanks(text, begin);
	struct str rest = str_skip(text, end);
	size_t line = str_find(rest, '\n'), close = str_find(rest, ')');

	(void)problem;
	if (end == begin || close > line || str_find(rest, '(') < close ||
	    str_find(rest, '#') < close || str_find(rest, '\\') < close)
		return;
	finding->fix.description = "delete the blanks between the parentheses";
	rule_edit(run, finding, (struct span){ begin, end },
		  strchr(",(", text.data[begin - 1]) ||
				  strchr(",)", text.data[end])
			  ? ""
			  : ",");
}

static bool is_option(struct str word)
{
	bool clears;

	word.length = str_find(word, ',');
	word.length = str_find(word, '=');
	return export_option_find(word, &clears) != NULL;
}

/* -rw, sync: the blank ends the list, and the option behind it is a host. */
static void check(struct rule_run *run, const struct export_entry *entry)
{
	const struct exports_item *previous = entry_previous(run->table, entry);
	const struct export_client *client = rule_client(run, entry);

	if (previous && previous->kind == EXPORTS_DEFAULTS &&
	    client->type == CLIENT_HOST && is_option(client->name))
		rule_report(run, entry, export_entry_span(run->table, entry),
			    "`%.*s` is taken for a host, since the blank "
			    "before it ends the options",
			    STR_ARG(client->name))
			->fix.description = "delete the blank";
}

const struct rule rule_whitespace_in_options = {
	.slug = "whitespace-in-options",
	.severity = SEVERITY_CRITICAL,
	.traits = TRAIT_ALL,
	.summary = "a blank within an option list",
	.rationale = "A blank ends the word, also between parentheses and also "
		     "when it is a line that goes on after a backslash. "
		     "exportfs then sees a list without its ), stops reading "
		     "the file, and withdraws what stands behind it.",
	.remedy = "Write the options with commas only: (rw,sync). To break a "
		  "long line, break it between two clients.",
	.bad = "/srv/data 10.1.0.0/24(rw, sync)\n/srv/more 10.1.0.0/24(ro)\n",
	.good = "/srv/data 10.1.0.0/24(rw,sync)\n/srv/more 10.1.0.0/24(ro)\n",
	.references = (const char *const[]){ "exports(5), DESCRIPTION", NULL },
	.check_entry = check,
	.problems = (const enum export_problem[]){ PROBLEM_BLANK_IN_OPTIONS,
						   PROBLEM_NONE },
	.repair = repair,
};
