#include "entry_words.h"

static bool is_octal(char c)
{
	return c >= '0' && c <= '7';
}

/* Three octal digits with a value of 1 to 255 behind the backslash. */
static bool is_escape(struct str text)
{
	return text.length >= 4 && text.data[1] <= '3' &&
	       is_octal(text.data[1]) && is_octal(text.data[2]) &&
	       is_octal(text.data[3]) &&
	       (text.data[1] != '0' || text.data[2] != '0' ||
		text.data[3] != '0');
}

/* Offset of the first backslash that is no escape, or text.length. */
static size_t find_bad(struct str text)
{
	size_t at = 0;

	while (at < text.length) {
		struct str rest;

		at += str_find(str_skip(text, at), '\\');
		rest = str_skip(text, at);
		if (rest.length > 1 && rest.data[1] == '\n')
			at += 2; /* a continuation within quotes */
		else if (!is_escape(rest))
			return at;
		else
			at += 4;
	}
	return text.length;
}

static const char *meaning(struct str rest)
{
	if (str_starts(rest, STR("\\000")))
		return "cuts off the rest of the word";
	if (rest.length > 1 && ascii_is_digit(rest.data[1]))
		return "stays as it is: an escape has three octal digits, at "
		       "most 377";
	if (rest.length > 1 && rest.data[1] == '"')
		return "stays as it is, and the quote behind it opens or "
		       "closes all the same";
	return "stays as it is: it escapes nothing";
}

static void check_word(struct rule_run *run, const struct export_entry *entry,
		       uint32_t token)
{
	const struct exports_syntax *syntax =
		export_table_syntax(run->table, entry);
	struct span span = exports_token_span(syntax, token);
	struct str text = str_range(syntax->text.data + span.begin,
				    syntax->text.data + span.end);
	uint32_t at = span.begin + (uint32_t)find_bad(text);

	if (at >= span.end || word_ends_in_backslash(syntax, token) ||
	    (syntax->tokens.items[token].flags & EXPORTS_UNTERMINATED))
		return;
	rule_report(run, entry, (struct span){ at, at + 1 },
		    "the backslash in `%.*s` %s", STR_ARG(text),
		    meaning(str_skip(text, at - span.begin)))
		->fix.description =
		"write each special byte as a backslash and three octal digits";
}

static void check(struct rule_run *run, const struct export_entry *entry)
{
	const struct exports_item *item =
		&export_table_syntax(run->table, entry)
			 ->items.items[entry->item];

	if (entry_leads_line(run->table, entry))
		check_word(run, entry,
			   entry_line(run->table, entry)->path_token);
	if (item->kind == EXPORTS_CLIENT)
		check_word(run, entry, item->token);
}

const struct rule rule_bad_escape = {
	.slug = "bad-escape",
	.severity = SEVERITY_MEDIUM,
	.traits = TRAIT_ALL,
	.summary = "a backslash that does not begin an octal escape",
	.rationale = "The only escape is a backslash with exactly three octal "
		     "digits, from \\001 to \\377. Any other backslash stays "
		     "in the word, and \\000 ends it, so the path or the "
		     "client is another one than was meant.",
	.remedy = "Write a blank as \\040 and a backslash as \\134, or put the "
		  "path in quotes.",
	.bad = "/srv/my\\x20data 10.1.0.0/24(rw)\n",
	.good = "/srv/my\\040data 10.1.0.0/24(rw)\n",
	.references = (const char *const[]){ "exports(5), DESCRIPTION", NULL },
	.check_entry = check,
};
