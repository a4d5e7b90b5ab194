#include "entry_words.h"

static void report_options(struct rule_run *run,
			   const struct export_entry *entry)
{
	struct str word = exports_word_text(
		run->arena, export_table_syntax(run->table, entry),
		export_table_syntax(run->table, entry)
			->items.items[entry->item]
			.token);
	struct str list = exports_client_split(word).options;

	rule_report(run, entry, export_entry_span(run->table, entry),
		    "everybody gets %s%.*s%s on %.*s: no client stands before "
		    "the options",
		    list.length ? "`" : "the default options", STR_ARG(list),
		    list.length ? "`" : "",
		    STR_ARG(export_entry_path(run->arena, run->table, entry)))
		->fix.description = "name the clients; or write `*` before `(` "
				    "if everybody is meant";
}

static void check(struct rule_run *run, const struct export_entry *entry)
{
	switch (entry_missing_client(run->arena, run->table, entry)) {
	case CLIENT_OPTIONS_ALONE:
		report_options(run, entry);
		break;
	case CLIENT_EMPTY_WORD:
		rule_report(run, entry, export_entry_span(run->table, entry),
			    "everybody gets an export of %.*s: an empty word "
			    "stands where a client is expected",
			    STR_ARG(export_entry_path(run->arena, run->table,
						      entry)))
			->fix.description = "delete the empty word";
		break;
	default:
		break;
	}
}

const struct rule rule_empty_client = {
	.slug = "empty-client",
	.severity = SEVERITY_HIGH,
	.traits = TRAIT_CLIENTS,
	.summary = "options or an empty word in the place of a client",
	.rationale = "Where no client is named, everybody is meant: options in "
		     "parentheses alone, two quotes, and a form feed or "
		     "vertical tab before a client export the path to every "
		     "host.",
	.remedy = "Name the clients. Write * where everybody is meant, so that "
		  "the next reader sees it.",
	.bad = "/srv/data (rw)\n",
	.good = "/srv/data 10.1.0.0/24(rw)\n",
	.references = (const char *const[]){ "exports(5), Machine Name Formats",
					     "STIG GEN005840 (V-933)",
					     "STIG AIX7-00-003017", "KISA U-25",
					     NULL },
	.check_entry = check,
};
