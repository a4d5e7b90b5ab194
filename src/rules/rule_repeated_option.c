#include "option_edits.h"

static bool repeats(const struct written_option *a,
		    const struct written_option *b)
{
	return a->id == b->id && a->id != OPTION_SEC &&
	       a->section == b->section && a->clears == b->clears &&
	       str_equal(a->value, b->value);
}

/* The last option before number i about the same thing, or NULL. */
static const struct written_option *earlier(const struct option_list *list,
					    unsigned i)
{
	for (unsigned k = i; k-- > 0;)
		if (list->items[k].id == list->items[i].id)
			return &list->items[k];
	return NULL;
}

static void check_list(struct rule_run *run, const struct export_entry *entry,
		       const struct option_list *list)
{
	for (unsigned i = 1; i < list->count; i++) {
		const struct written_option *option = &list->items[i];
		const struct written_option *first = earlier(list, i);
		struct finding *finding;

		if (!first || !repeats(first, option))
			continue;
		finding = rule_report(
			run, entry,
			written_option_span(run, entry, list, option),
			"`%.*s` changes nothing: `%.*s` says the same",
			STR_ARG(option->text), STR_ARG(first->text));
		finding->fix.description = arena_printf(
			run->arena, "delete `%.*s`", STR_ARG(option->text));
		finding->fix.safe = true;
		option_edit_delete(run, finding, finding->span);
	}
}

static void check(struct rule_run *run)
{
	option_lists_each(run, check_list);
}

const struct rule rule_repeated_option = {
	.slug = "repeated-option",
	.severity = SEVERITY_INFO,
	.traits = TRAIT_ALL,
	.summary = "an option that is said twice in one list",
	.rationale =
		"The second one changes nothing. It is often the rest of an "
		"edit, and the next edit may change only one of the two.",
	.remedy = "Delete one of them.",
	.bad = "/srv/data 10.1.0.0/24(rw,sync,rw)\n",
	.good = "/srv/data 10.1.0.0/24(rw,sync)\n",
	.references =
		(const char *const[]){ "exports(5), General Options", NULL },
	.check_table = check,
};
