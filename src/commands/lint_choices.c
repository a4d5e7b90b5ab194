#include "lint_choices.h"

#include "rule_catalog.h"

static bool find_rule(struct arena *arena, const char *slug, size_t *index,
		      struct failure *failure)
{
	const struct rule *rule = rule_find(slug);

	*index = rule ? rule_index(rule) : rule_count;
	return rule ||
	       failure_set(failure, "%s", rule_unknown_text(arena, slug));
}

/* Sets the choice of every rule in a list of comma-separated names. */
static bool choose(struct arena *arena, const struct option_list *list, bool on,
		   struct rule_choice *choices, struct failure *failure)
{
	for (size_t i = 0; i < list->list.count; i++) {
		struct str rest = str_of(list->list.items[i]), name;
		size_t index;

		while (rest.length) {
			name = (struct str){ rest.data, str_find(rest, ',') };
			if (!find_rule(
				    arena,
				    arena_copy(arena, name.data, name.length),
				    &index, failure))
				return false;
			choices[index].on = on;
			rest = str_skip(rest, name.length);
			if (rest.length)
				rest = str_skip(rest, 1);
		}
	}
	return true;
}

bool severity_parse(struct str text, enum severity *severity)
{
	for (int i = 0; i < SEVERITIES; i++)
		if (str_is(text, severity_names[i])) {
			*severity = (enum severity)i;
			return true;
		}
	return false;
}

/* RULE=LEVEL of --severity. */
static bool change_severity(struct arena *arena, const char *text,
			    struct rule_choice *choices,
			    struct failure *failure)
{
	size_t equals = str_find(str_of(text), '=');
	const char *slug = arena_copy(arena, text, equals);
	struct rule_choice *choice;
	size_t index;

	if (!find_rule(arena, slug, &index, failure))
		return false;
	choice = &choices[index];
	choice->changed = true;
	if (text[equals] &&
	    severity_parse(str_of(text + equals + 1), &choice->severity))
		return true;
	return failure_set(failure,
			   "'%s' is not RULE=LEVEL; levels are info, low, "
			   "medium, high and critical",
			   text);
}

bool lint_choices_make(struct arena *arena,
		       const struct rule_selection *selection,
		       const struct rule_choice **choices,
		       struct failure *failure)
{
	struct rule_choice *made =
		arena_alloc_array(arena, rule_count, sizeof(*made));

	for (size_t i = 0; i < rule_count; i++)
		made[i].on = !selection->select.list.count &&
			     (selection->explain || !rule_catalog[i]->explains);
	if (!choose(arena, &selection->select, true, made, failure) ||
	    !choose(arena, &selection->ignore, false, made, failure))
		return false;
	for (size_t i = 0; i < rule_count; i++)
		made[i].on &= (!selection->only_lost ||
			       rule_loses(rule_catalog[i])) &&
			      !(rule_catalog[i]->needs & ~selection->needs);
	for (size_t i = 0; i < selection->severities.list.count; i++)
		if (!change_severity(arena, selection->severities.list.items[i],
				     made, failure))
			return false;
	*choices = made;
	return true;
}
