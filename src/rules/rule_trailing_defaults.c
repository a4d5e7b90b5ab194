#include "entry_words.h"

static void check(struct rule_run *run, const struct export_entry *entry)
{
	const struct export_table *table = run->table;
	const struct exports_syntax *syntax = export_table_syntax(table, entry);
	uint32_t token;
	struct str list;

	if (entry_missing_client(run->arena, table, entry) !=
	    CLIENT_AFTER_DEFAULTS)
		return;
	token = entry_previous(table, entry)->token;
	list = str_skip(exports_word_text(run->arena, syntax, token), 1);
	rule_report(run, entry, exports_token_span(syntax, token),
		    "everybody gets %s%.*s%s on %.*s: no client stands behind "
		    "these options",
		    list.length ? "`" : "the default options", STR_ARG(list),
		    list.length ? "`" : "",
		    STR_ARG(export_entry_path(run->arena, table, entry)))
		->fix.description = "move the options before the clients, or "
				    "into their parentheses";
}

const struct rule rule_trailing_defaults = {
	.slug = "trailing-defaults",
	.severity = SEVERITY_HIGH,
	.traits = TRAIT_ALL,
	.summary = "-options that no client follows",
	.rationale = "A list that begins with a dash sets the options of the "
		     "clients behind it. At the end of a line there is none: "
		     "exportfs adds a client without a name, which is "
		     "everybody, with those options.",
	.remedy = "Write the list directly behind the path, before the "
		  "clients, or write the options of each client in its own "
		  "parentheses.",
	.bad = "/srv/data 10.1.0.0/24(ro) -rw\n",
	.good = "/srv/data -rw 10.1.0.0/24\n",
	.references = (const char *const[]){ "exports(5), DESCRIPTION",
					     "CWE-284: Improper Access Control",
					     NULL },
	.check_entry = check,
};
