#include "lint_choices.h"

#include "rule_catalog.h"

static bool find_rule(struct arena *arena, const char *slug, size_t *index,
		      struct failure *failure)
{
	const struct rule *rule = rule_find(slug);
	const char *nearest;

	for (*index = 0; rule && *index < rule_count; ++*index)
		if (rule_catalog[*index] == rule)
			return true;
	nearest = rule_nearest(arena, slug);
	return failure_set(failure, "unknown rule '%s'%s%s%s", slug,
			   nearest ? "; did you mean '" : "",
			   nearest ? nearest : "", nearest ? "'?" : "");
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

static bool parse_severity(const char *text, enum severity *severity)
{
	for (int i = 0; i < SEVERITIES; i++)
		if (strcmp(text, severity_names[i]) == 0) {
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
	    parse_severity(text + equals + 1, &choice->severity))
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
