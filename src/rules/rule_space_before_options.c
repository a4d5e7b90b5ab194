#include "entry_words.h"

/* The options that stand before the client in its line. */
static bool has_defaults(const struct export_table *table,
			 const struct export_entry *entry)
{
	const struct exports_syntax *syntax = export_table_syntax(table, entry);
	uint32_t first = entry_line(table, entry)->first_item;

	return syntax->items.items[first].kind == EXPORTS_DEFAULTS;
}

static void propose(struct rule_run *run, struct finding *finding,
		    const struct exports_syntax *syntax, uint32_t host,
		    uint32_t options)
{
	struct span blank = { exports_token_span(syntax, host).end,
			      exports_token_span(syntax, options).begin };

	finding->fix.description = "delete the blank before `(`";
	rule_edit(run, finding, blank, "");
}

static void check(struct rule_run *run, const struct export_entry *entry)
{
	const struct export_table *table = run->table;
	const struct exports_syntax *syntax = export_table_syntax(table, entry);
	const struct exports_item *host;
	struct finding *finding;
	struct str word, list;
	uint32_t token;

	if (entry_missing_client(run->arena, table, entry) !=
	    CLIENT_OPTIONS_APART)
		return;
	host = entry_previous(table, entry);
	token = syntax->items.items[entry->item].token;
	word = exports_word_text(run->arena, syntax, host->token);
	list = exports_client_split(
		       exports_word_text(run->arena, syntax, token))
		       .options;
	finding = rule_report(
		run, entry, export_entry_span(table, entry),
		"everybody gets `%.*s` on %.*s, and `%.*s` only the %s",
		STR_ARG(list),
		STR_ARG(export_entry_path(run->arena, table, entry)),
		STR_ARG(word),
		has_defaults(table, entry) ? "options at the start of the line"
					   : "defaults");
	propose(run, finding, syntax, host->token, token);
	if (entry > table->entries.items && entry[-1].item + 1 == entry->item &&
	    entry[-1].document == entry->document)
		rule_relate(run, finding, &entry[-1],
			    "the client that the options are meant for");
}

const struct rule rule_space_before_options = {
	.slug = "space-before-options",
	.severity = SEVERITY_CRITICAL,
	.traits = TRAIT_ALL,
	.summary = "a blank between a client and its options",
	.rationale =
		"A blank ends the client. The options behind it belong to a "
		"client without a name, which is everybody, while the client "
		"that they were written for gets the defaults: the opposite "
		"of what was meant.",
	.remedy = "Delete the blank between the client and the parenthesis.",
	.bad = "/srv/data 10.1.0.5 (rw,no_root_squash)\n",
	.good = "/srv/data 10.1.0.5(rw)\n",
	.references = (const char *const[]){ "exports(5), DESCRIPTION",
					     "CWE-284: Improper Access Control",
					     NULL },
	.check_entry = check,
};
