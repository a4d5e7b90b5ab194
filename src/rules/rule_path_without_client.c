#include "entry_words.h"

/* What hides the client, if it can be told. */
static const char *reason(const struct exports_syntax *syntax, uint32_t token,
			  struct str path)
{
	token++;
	if (str_find(path, '(') < path.length)
		return "what stands behind it without a blank is a part of "
		       "the path";
	if (syntax->tokens.items[token].kind == EXPORTS_BLANK)
		token++;
	if (syntax->tokens.items[token].kind == EXPORTS_COMMENT)
		return "a comment stands in the place of its clients";
	return "no client stands behind it";
}

static void check(struct rule_run *run, const struct export_entry *entry)
{
	const struct export_table *table = run->table;
	const struct exports_syntax *syntax = export_table_syntax(table, entry);
	struct str path;
	uint32_t token;

	if (entry_missing_client(run->arena, table, entry) !=
	    CLIENT_NOT_WRITTEN)
		return;
	token = entry_line(table, entry)->path_token;
	if ((syntax->tokens.items[token].flags & EXPORTS_UNTERMINATED) ||
	    word_ends_in_backslash(syntax, token) ||
	    entry_stray(run->arena, table, entry) != CONTINUATION_FINE)
		return; /* another rule's */
	path = exports_word_text(run->arena, syntax, token);
	rule_report(run, entry, exports_token_span(syntax, token),
		    "everybody may read %.*s: %s", STR_ARG(path),
		    reason(syntax, token, path))
		->fix.description = "name the clients behind the path";
}

const struct rule rule_path_without_client = {
	.slug = "path-without-client",
	.severity = SEVERITY_HIGH,
	.traits = TRAIT_ALL,
	.summary = "a path without a client, which is exported to everybody",
	.rationale = "A path that stands alone is exported read-only to every "
		     "host. exportfs only remarks that there are no options, "
		     "and its exit status is 0.",
	.remedy = "Name the clients behind the path, with a blank between "
		  "them; turn the line into a comment if nobody is meant.",
	.bad = "/srv/data\n",
	.good = "/srv/data 10.1.0.0/24(ro)\n",
	.references = (const char *const[]){ "exports(5), DESCRIPTION",
					     "STIG GEN005840 (V-933)",
					     "STIG AIX7-00-003017", "KISA U-25",
					     "CWE-284: Improper Access Control",
					     NULL },
	.check_entry = check,
};
