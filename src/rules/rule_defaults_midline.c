#include "exports_word.h"
#include "option_lists.h"

static bool any_line(struct rule_run *run, const struct export_entry *entry)
{
	(void)run;
	(void)entry;
	return true;
}

/* How many clients of the line stand before item `end`, from `begin` on. */
static unsigned clients_between(const struct exports_syntax *syntax,
				uint32_t begin, uint32_t end)
{
	unsigned count = 0;

	for (uint32_t i = begin; i < end; i++)
		count += syntax->items.items[i].kind == EXPORTS_CLIENT;
	return count;
}

/* The first -options behind a client and before another, or UINT32_MAX. */
static uint32_t find_midline(const struct exports_syntax *syntax,
			     const struct exports_entry *line)
{
	uint32_t end = line->first_item + line->item_count;
	bool client = false;

	for (uint32_t i = line->first_item; i < end; i++) {
		uint8_t kind = syntax->items.items[i].kind;

		if (kind == EXPORTS_DEFAULTS && client)
			return clients_between(syntax, i, end) ? i : UINT32_MAX;
		client |= kind == EXPORTS_CLIENT;
	}
	return UINT32_MAX;
}

static void check_line(struct rule_run *run, const struct client_group *group)
{
	const struct exports_syntax *syntax =
		export_table_syntax(run->table, group->entry);
	const struct exports_entry *line =
		&syntax->entries.items[group->entry->syntax_entry];
	uint32_t at = find_midline(syntax, line);
	uint32_t token;
	struct str text;
	unsigned before;

	if (at == UINT32_MAX)
		return;
	token = syntax->items.items[at].token;
	text = exports_word_text(run->arena, syntax, token);
	before = clients_between(syntax, line->first_item, at);
	rule_report(run, group->entry, exports_token_span(syntax, token),
		    "`%.*s` does not hold for the %u %s of %.*s before it",
		    STR_ARG(text), before, before == 1 ? "client" : "clients",
		    STR_ARG(export_entry_path(run->arena, run->table,
					      group->entry)));
}

static void check(struct rule_run *run)
{
	lines_each(run, any_line, check_line);
}

const struct rule rule_defaults_midline = {
	.slug = "defaults-midline",
	.severity = SEVERITY_LOW,
	.traits = TRAIT_ALL,
	.summary = "-options that hold for a part of the line only",
	.rationale = "The -options of a line hold for the clients behind them, "
		     "never for those before, and several of them add up. A "
		     "client that is moved along the line changes its rights.",
	.remedy = "Write one -list, before the first client, or give each "
		  "client its own list.",
	.bad = "/srv/data 10.1.0.5(ro) -rw,sync 10.1.0.6 10.1.0.7\n",
	.good = "/srv/data -rw,sync 10.1.0.5(ro) 10.1.0.6 10.1.0.7\n",
	.references = (const char *const[]){ "exports(5), Description", NULL },
	.check_table = check,
};
