#include "entry_words.h"

static bool is_marked(struct str path)
{
	return str_starts(path, STR("\xef\xbb\xbf"));
}

static void check(struct rule_run *run, const struct export_entry *entry)
{
	const struct export_table *table = run->table;
	const struct exports_syntax *syntax = export_table_syntax(table, entry);
	uint32_t token = entry_line(table, entry)->path_token;
	struct str path = exports_word_text(run->arena, syntax, token);

	if (!path.length || path.data[0] == '/' || is_marked(path) ||
	    !entry_leads_line(table, entry))
		return;
	if ((syntax->tokens.items[token].flags & EXPORTS_UNTERMINATED) ||
	    entry_stray(run->arena, table, entry) != CONTINUATION_FINE)
		return; /* another rule's */
	if (str_find(path, '(') < path.length &&
	    entry_missing_client(run->arena, table, entry) ==
		    CLIENT_NOT_WRITTEN)
		return; /* a client that is taken for a path */
	rule_report(run, entry, exports_token_span(syntax, token),
		    "`%.*s` is looked for in whatever directory exportfs is "
		    "started in",
		    STR_ARG(path))
		->fix.description = "write the path from `/` on";
}

const struct rule rule_relative_path = {
	.slug = "relative-path",
	.severity = SEVERITY_HIGH,
	.traits = TRAIT_ALL,
	.summary = "a path that does not begin with a slash",
	.rationale = "exportfs accepts such a path. What it exports depends on "
		     "the directory in which it is started, or is nothing at "
		     "all; no client can mount the path as it is written.",
	.remedy = "Write the path from the root directory on.",
	.bad = "srv/data 10.1.0.0/24(rw)\n",
	.good = "/srv/data 10.1.0.0/24(rw)\n",
	.references = (const char *const[]){ "exports(5), DESCRIPTION", NULL },
	.check_entry = check,
};
