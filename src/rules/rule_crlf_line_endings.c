#include "entry_words.h"

/* There the line endings have done harm already, which is told. */
static const enum export_problem told[] = { PROBLEM_CONTROL_AT_PATH,
					    PROBLEM_CR_AT_END, PROBLEM_NONE };

/* Offset of the first CR that a newline follows, or text.length. */
static size_t find_crlf(struct str text)
{
	for (size_t at = 0; at + 1 < text.length; at++) {
		at += str_find(str_skip(text, at), '\r');
		if (at + 1 < text.length && text.data[at + 1] == '\n')
			return at;
	}
	return text.length;
}

/* Where a CR only ends a word or a comment it goes; in quotes, behind a
 * backslash or for a word it has a meaning. */
static void edit_token(struct rule_run *run, struct finding *finding,
		       const struct exports_syntax *syntax, uint32_t token)
{
	struct span span = exports_token_span(syntax, token);
	struct str text = syntax->text;

	if (span.end < text.length && text.data[span.end] == '\n' &&
	    text.data[span.end - 1] == '\r' &&
	    text.data[span.end - 2] != '\\')
		rule_edit(run, finding, (struct span){ span.end - 1, span.end },
			  "");
}

static void report(struct rule_run *run, uint32_t document, size_t at)
{
	const struct exports_syntax *syntax =
		&run->table->input.documents->list.items[document].syntax;
	struct finding *finding = rule_report_place(
		run, document, (struct span){ (uint32_t)at, (uint32_t)at + 2 },
		"lines end in CR and LF: at the first empty one exportfs would "
		"take the file for ended");

	finding->fix.description = "convert the line endings";
	finding->fix.safe = true;
	for (uint32_t i = 0; i + 1 < syntax->tokens.count; i++) {
		uint8_t kind = syntax->tokens.items[i].kind;

		if (kind == EXPORTS_SEPARATOR || kind == EXPORTS_COMMENT)
			edit_token(run, finding, syntax, i);
	}
}

static void check(struct rule_run *run)
{
	const struct export_documents *documents = run->table->input.documents;

	for (uint32_t i = 0; i < documents->list.count; i++) {
		struct str text = documents->list.items[i].syntax.text;
		size_t at = find_crlf(text);

		if (at < text.length &&
		    !document_has_problem(run->table, i, told))
			report(run, i, at);
	}
}

const struct rule rule_crlf_line_endings = {
	.slug = "crlf-line-endings",
	.severity = SEVERITY_LOW,
	.traits = TRAIT_ALL,
	.summary = "the line endings of Windows",
	.rationale = "exportfs takes the carriage return at the end of a line "
		     "for a blank, so that all seems well. In an empty line "
		     "it ends the file without a word, and behind a backslash "
		     "it ends the continuation.",
	.remedy = "Convert the file, for example with dos2unix.",
	.bad = "/srv/data 10.1.0.0/24(rw)\r\n",
	.good = "/srv/data 10.1.0.0/24(rw)\n",
	.problems = (const enum export_problem[]){ PROBLEM_CR_AT_END,
						   PROBLEM_NONE },
	.check_table = check,
};
