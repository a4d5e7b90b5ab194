#include "export_options.h"
#include "option_lists.h"

static bool may_vary(const struct rule_run *run, enum export_option_id id)
{
	uint32_t flag = export_options[id].flag;

	return flag & run->table->input.rules.flavor_mask || id == OPTION_SEC ||
	       id == OPTION_XPRTSEC || id == OPTION_SQUASH_UIDS ||
	       id == OPTION_SQUASH_GIDS;
}

/* The last option of another section, behind it, that says otherwise. */
static const struct written_option *winner(const struct option_list *list,
					   unsigned i)
{
	const struct written_option *option = &list->items[i], *wins = NULL;

	for (unsigned k = i + 1; k < list->count; k++) {
		const struct written_option *other = &list->items[k];

		if (other->id == option->id)
			wins = other;
	}
	if (!wins || wins->section == option->section ||
	    (wins->clears == option->clears &&
	     str_equal(wins->value, option->value)))
		return NULL;
	return wins;
}

static void check_list(struct rule_run *run, const struct export_entry *entry,
		       const struct option_list *list)
{
	for (unsigned i = 0; i < list->count; i++) {
		const struct written_option *option = &list->items[i];
		const struct written_option *wins = winner(list, i);
		struct finding *finding;

		if (!wins || may_vary(run, option->id))
			continue;
		finding = rule_report(
			run, entry,
			written_option_span(run, entry, list, option),
			"`%.*s` has no effect on %.*s: `%.*s` further on "
			"holds for every flavor",
			STR_ARG(option->text),
			STR_ARG(export_entry_path(run->arena, run->table,
						  entry)),
			STR_ARG(wins->text));
		finding->fix.description = arena_printf(
			run->arena, "delete `%.*s`", STR_ARG(option->text));
	}
}

static void check(struct rule_run *run)
{
	option_lists_each(run, check_list);
}

const struct rule rule_option_not_per_flavor = {
	.slug = "option-not-per-flavor",
	.severity = SEVERITY_MEDIUM,
	.traits = TRAIT_ALL,
	.summary = "an option that differs between flavors but can not",
	.rationale = "Only ro, rw, the squash options, and with newer kernels "
		     "the source port, may differ from one sec= to the next. "
		     "Of any other option the last one holds for all flavors.",
	.remedy = "Write the option once, before the first sec=. Different "
		  "settings need different paths.",
	.bad = "/srv/data 10.1.0.0/24(sec=krb5p,rw,async,sec=krb5i,ro,sync)\n",
	.good = "/srv/data 10.1.0.0/24(sync,sec=krb5i,ro,sec=krb5p,rw)\n",
	.references = (const char *const[]){ "exports(5), RPCSEC_GSS security",
					     NULL },
	.check_table = check,
};
