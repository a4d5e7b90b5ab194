#include "entry_words.h"
#include "text_escape.h"

static const enum export_problem told[] = { PROBLEM_CONTROL_AT_PATH,
					    PROBLEM_CONTROL_AT_END,
					    PROBLEM_NONE };

static size_t find_control(struct str text)
{
	size_t at = 0;

	while (at < text.length && (unsigned char)text.data[at] >= ' ' &&
	       text.data[at] != 0x7f)
		at++;
	return at;
}

/* A blank that is none, or bytes that are no character, show as something
 * else. */
static void check_visible(struct rule_run *run,
			  const struct export_entry *entry, uint32_t token,
			  struct str text, const char *what)
{
	const struct exports_syntax *syntax =
		export_table_syntax(run->table, entry);

	if (!text_is_plain(text))
		rule_report(run, entry, exports_token_span(syntax, token),
			    "the %s `%.*s` holds bytes that can't be seen or "
			    "are not UTF-8, so it is another one than it looks "
			    "like",
			    what, STR_ARG(text))
			->severity = SEVERITY_LOW;
}

static void check_word(struct rule_run *run, const struct export_entry *entry,
		       uint32_t token, const char *what)
{
	const struct exports_syntax *syntax =
		export_table_syntax(run->table, entry);
	struct str text = exports_word_text(run->arena, syntax, token);
	size_t at = find_control(text);

	/* With an open quote all that follows is in the word. */
	if (syntax->tokens.items[token].flags & EXPORTS_UNTERMINATED)
		return;
	if (at == text.length) {
		check_visible(run, entry, token, text, what);
		return;
	}
	rule_report(run, entry, exports_word_span(syntax, token, at, at + 1),
		    "the control character 0x%02x in the %s goes to logs and "
		    "terminals with it",
		    (unsigned)(unsigned char)text.data[at], what);
}

static void check_entry(struct rule_run *run, const struct export_entry *entry)
{
	const struct exports_item *item =
		&export_table_syntax(run->table, entry)
			 ->items.items[entry->item];

	if (entry_leads_line(run->table, entry))
		check_word(run, entry,
			   entry_line(run->table, entry)->path_token, "path");
	if (item->kind == EXPORTS_CLIENT)
		check_word(run, entry, item->token, "client");
}

/* The place of a NUL, VT or FF between words; the text's length if none. */
static uint32_t find_between(const struct exports_syntax *syntax)
{
	struct str text = syntax->text;

	if (str_find(text, '\0') == text.length &&
	    str_find(text, '\v') == text.length &&
	    str_find(text, '\f') == text.length)
		return (uint32_t)text.length;
	for (uint32_t i = 0; i + 1 < syntax->tokens.count; i++) {
		uint8_t kind = syntax->tokens.items[i].kind;
		struct span span = exports_token_span(syntax, i);

		if (kind != EXPORTS_BLANK && kind != EXPORTS_SEPARATOR)
			continue;
		for (uint32_t at = span.begin; at < span.end; at++)
			if (!text.data[at] || text.data[at] == '\v' ||
			    text.data[at] == '\f')
				return at;
	}
	return (uint32_t)text.length;
}

static void report_between(struct rule_run *run, uint32_t document,
			   struct str text, uint32_t at)
{
	struct finding *finding = rule_report_place(
		run, document, (struct span){ at, at + 1 },
		"the control character 0x%02x separates words here",
		(unsigned)(unsigned char)text.data[at]);

	finding->fix.description = "write a blank instead";
	rule_edit(run, finding, finding->span, " ");
}

static void check_table(struct rule_run *run)
{
	const struct export_documents *documents = run->table->input.documents;

	for (uint32_t i = 0; i < documents->list.count; i++) {
		const struct exports_syntax *syntax =
			&documents->list.items[i].syntax;
		uint32_t at = find_between(syntax);

		if (at < syntax->text.length &&
		    !document_has_problem(run->table, i, told))
			report_between(run, i, syntax->text, at);
	}
}

const struct rule rule_control_character = {
	.slug = "control-character",
	.severity = SEVERITY_MEDIUM,
	.traits = TRAIT_ALL,
	.summary = "a control character in a path, in a client or between "
		   "words",
	.rationale = "Names with control characters forge lines in logs and "
		     "drive the terminal of whoever lists the exports. NUL, "
		     "vertical tab and form feed separate words for exportfs, "
		     "which no editor shows, and the latter two end the file "
		     "where a path should begin.",
	.remedy = "Delete the character, or rename the directory.",
	.bad = "/srv/da\\033ta 10.1.0.0/24(rw)\n",
	.good = "/srv/data 10.1.0.0/24(rw)\n",
	.references = (const char *const[]){ "CWE-150: Improper Neutralization "
					     "of Escape, Meta, or Control "
					     "Sequences",
					     NULL },
	.problems = (const enum export_problem[]){ PROBLEM_CONTROL_AT_END,
						   PROBLEM_NONE },
	.check_entry = check_entry,
	.check_table = check_table,
};
