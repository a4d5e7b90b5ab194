#include "option_edits.h"

/* Options that accumulate, or begin a section of their own. */
static bool may_repeat(enum export_option_id id)
{
	return id == OPTION_SEC || id == OPTION_XPRTSEC ||
	       id == OPTION_SQUASH_UIDS || id == OPTION_SQUASH_GIDS;
}

static bool is_location(enum export_option_id id)
{
	return id == OPTION_REFER || id == OPTION_REPLICAS;
}

/* all_squash maps root as well, whatever is said of root. */
static bool squashes_all_but_root(const struct written_option *a,
				  const struct written_option *b)
{
	return a->id == OPTION_ALL_SQUASH && !a->clears &&
	       b->id == OPTION_ROOT_SQUASH && b->clears;
}

/* Does b undo what a says? */
static bool contradicts(const struct written_option *a,
			const struct written_option *b)
{
	if (a->section != b->section)
		return false;
	if (is_location(a->id) && is_location(b->id))
		return !str_equal(a->text, b->text);
	if (a->id != b->id || may_repeat(a->id))
		return false;
	return a->clears != b->clears || !str_equal(a->value, b->value);
}

static void report(struct rule_run *run, const struct export_entry *entry,
		   const struct option_list *list,
		   const struct written_option *lost,
		   const struct written_option *wins)
{
	struct finding *finding = rule_report(
		run, entry, written_option_span(run, entry, list, lost),
		"`%.*s` has no effect on %.*s: `%.*s` %s", STR_ARG(lost->text),
		STR_ARG(export_entry_path(run->arena, run->table, entry)),
		STR_ARG(wins->text),
		lost < wins ? "comes later" : "squashes root as well");

	finding->fix.description =
		arena_printf(run->arena, "delete `%.*s` if `%.*s` is meant",
			     STR_ARG(lost->text), STR_ARG(wins->text));
	option_edit_delete(run, finding, finding->span);
}

/* The option that takes the effect from option i, or NULL. */
static const struct written_option *winner(const struct option_list *list,
					   unsigned i)
{
	const struct written_option *option = &list->items[i], *wins = NULL;

	for (unsigned k = 0; k < list->count; k++) {
		const struct written_option *other = &list->items[k];

		if ((k > i && contradicts(option, other)) ||
		    (other->section == option->section &&
		     squashes_all_but_root(other, option)))
			wins = other;
	}
	return wins;
}

/* Is the same thing said again further on, so that nothing is lost? */
static bool is_said_again(const struct option_list *list, unsigned i)
{
	const struct written_option *option = &list->items[i];
	bool again = false;

	for (unsigned k = i + 1; k < list->count; k++)
		if (list->items[k].section == option->section &&
		    list->items[k].id == option->id)
			again = list->items[k].clears == option->clears &&
				str_equal(list->items[k].value, option->value);
	return again;
}

static void check_list(struct rule_run *run, const struct export_entry *entry,
		       const struct option_list *list)
{
	for (unsigned i = 0; i < list->count; i++) {
		const struct written_option *wins = winner(list, i);

		if (wins && !is_said_again(list, i))
			report(run, entry, list, &list->items[i], wins);
	}
}

static void check(struct rule_run *run)
{
	option_lists_each(run, check_list);
}

const struct rule rule_contradictory_options = {
	.slug = "contradictory-options",
	.severity = SEVERITY_MEDIUM,
	.traits = TRAIT_ALL,
	.summary = "options that exclude each other in one list",
	.rationale = "exportfs takes the last one of two opposite options and "
		     "says nothing. Whoever reads the list, or adds to it, may "
		     "rely on the other one.",
	.remedy = "Keep the option that is meant.",
	.bad = "/srv/data 10.1.0.0/24(rw,async,sync,ro)\n",
	.good = "/srv/data 10.1.0.0/24(rw,sync)\n",
	.references =
		(const char *const[]){ "exports(5), General Options", NULL },
	.check_table = check,
};
