#include "entry_words.h"
#include "option_edits.h"

/* Makes a backslash that ends at `at` the last byte of its line. */
static void end_line(struct rule_run *run, struct finding *finding, uint32_t at)
{
	struct str text = finding_text(run, finding);
	uint32_t end = at;

	finding->fix.description = "delete what stands between the backslash "
				   "and the end of the line";
	while (end < text.length && strchr(" \t\r", text.data[end]))
		end++;
	if (end > at && end < text.length && text.data[end] == '\n')
		rule_edit(run, finding, (struct span){ at, end }, "");
}

static void repair(struct rule_run *run, struct finding *finding,
		   enum export_problem problem)
{
	(void)problem;
	end_line(run, finding, finding->span.end);
}

/* Is there a "#" in the line that ends at end? */
static bool ends_in_comment(struct str text, uint32_t end)
{
	while (end && text.data[end - 1] != '\n' && text.data[end - 1] != '#')
		end--;
	return end && text.data[end - 1] == '#';
}

/* Ends the line before the one that begins with a path in a backslash. */
static void continue_line(struct rule_run *run, struct finding *finding)
{
	struct str text = finding_text(run, finding);
	uint32_t at = finding->span.begin;

	finding->fix.description = "end the line before in ` \\`";
	while (at && strchr(" \t", text.data[at - 1]))
		at--;
	if (!at || text.data[at - 1] != '\n' || ends_in_comment(text, --at))
		return;
	rule_edit(run, finding, (struct span){ at, at }, " \\");
}

/* The path of the line behind an entry's if it can't be meant as one; absent
 * if it can. */
static struct str stray_behind(struct rule_run *run,
			       const struct export_entry *entry)
{
	const struct exports_syntax *syntax =
		export_table_syntax(run->table, entry);
	uint32_t next = entry->syntax_entry + 1;
	struct str path;

	if (next >= syntax->entries.count)
		return (struct str){ 0 };
	path = exports_word_text(run->arena, syntax,
				 syntax->entries.items[next].path_token);
	return path.length && path.data[0] == '/' ? (struct str){ 0 } : path;
}

static void check_word(struct rule_run *run, const struct export_entry *entry,
		       uint32_t token)
{
	const struct exports_syntax *syntax =
		export_table_syntax(run->table, entry);
	struct span span = exports_token_span(syntax, token);
	struct finding *finding;
	struct str path;

	if (!word_ends_in_backslash(syntax, token))
		return;
	span.begin = span.end - 1;
	path = stray_behind(run, entry);
	if (path.length)
		finding = rule_report(
			run, entry, span,
			"the backslash continues nothing, since it is not the "
			"last byte of its line: `%.*s` becomes a path of its "
			"own, exported to everybody",
			STR_ARG(path));
	else
		finding = rule_report(
			run, entry, span,
			"the backslash continues nothing and is taken for a "
			"part of `%.*s`",
			STR_ARG(exports_word_text(run->arena, syntax, token)));
	end_line(run, finding, span.end);
}

static void check_path(struct rule_run *run, const struct export_entry *entry)
{
	const struct exports_syntax *syntax =
		export_table_syntax(run->table, entry);
	uint32_t token = entry_line(run->table, entry)->path_token;
	struct str path = exports_word_text(run->arena, syntax, token);
	enum continuation_fault fault =
		entry_stray(run->arena, run->table, entry);

	if (!(syntax->tokens.items[token].flags & EXPORTS_UNTERMINATED))
		check_word(run, entry, token);
	if (fault == CONTINUATION_COMMENT)
		rule_report(run, entry, exports_token_span(syntax, token),
			    "`%.*s` becomes a path of its own: the backslash "
			    "at the end of the line before belongs to a "
			    "comment",
			    STR_ARG(path))
			->fix.description = "move the comment to a line of its "
					    "own before the entry";
	else if (fault == CONTINUATION_MISSING)
		continue_line(run,
			      rule_report(run, entry,
					  exports_token_span(syntax, token),
					  "`%.*s` becomes a path of its own: "
					  "the line before does not end in a "
					  "backslash",
					  STR_ARG(path)));
}

static void check(struct rule_run *run, const struct export_entry *entry)
{
	const struct exports_item *item =
		&export_table_syntax(run->table, entry)
			 ->items.items[entry->item];

	if (entry_leads_line(run->table, entry))
		check_path(run, entry);
	if (item->kind == EXPORTS_CLIENT)
		check_word(run, entry, item->token);
}

const struct rule rule_broken_continuation = {
	.slug = "broken-continuation",
	.severity = SEVERITY_HIGH,
	.traits = TRAIT_ALL,
	.summary = "a line that is meant to go on, but does not",
	.rationale = "Only a backslash directly before the newline continues a "
		     "line: not one with a blank or a carriage return behind "
		     "it, not one in a comment, and indentation alone does "
		     "nothing. The first word of the next line is then a "
		     "path, exported to everybody, and the clients that it "
		     "was meant to name get no access.",
	.remedy = "Make the backslash the last byte of the line, with a blank "
		  "before it, or write all clients on one line.",
	.bad = "/srv/data 10.1.0.0/24(rw) \\ \n  10.2.0.0/24(ro)\n",
	.good = "/srv/data 10.1.0.0/24(rw) \\\n  10.2.0.0/24(ro)\n",
	.references = (const char *const[]){ "exports(5), DESCRIPTION", NULL },
	.problems = (const enum export_problem[]){ PROBLEM_BACKSLASH_AT_OPTIONS,
						   PROBLEM_NONE },
	.repair = repair,
	.check_entry = check,
};
