#include "rule_catalog.h"

#include "edit_distance.h"

#define RULE(name) extern const struct rule rule_##name;
#include "rule_list.h"
#undef RULE

#define RULE(name) &rule_##name,
const struct rule *const rule_catalog[] = {
#include "rule_list.h"
};
#undef RULE

const size_t rule_count = sizeof(rule_catalog) / sizeof(*rule_catalog);

/* The first rule whose slug does not come before this one. */
static size_t lower_bound(const char *slug)
{
	size_t low = 0, high = rule_count;

	while (low < high) {
		size_t middle = (low + high) / 2;

		if (strcmp(rule_catalog[middle]->slug, slug) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

const struct rule *rule_find(const char *slug)
{
	size_t at = lower_bound(slug);

	return at < rule_count && strcmp(rule_catalog[at]->slug, slug) == 0
		       ? rule_catalog[at]
		       : NULL;
}

size_t rule_index(const struct rule *rule)
{
	return lower_bound(rule->slug);
}

bool rule_loses(const struct rule *rule)
{
	for (const enum export_problem *problem = rule->problems;
	     problem && *problem != PROBLEM_NONE; problem++)
		if (export_problem_loses(*problem))
			return true;
	return rule->loses;
}

const char *rule_nearest(struct arena *arena, const char *slug)
{
	const char **slugs =
		arena_alloc_array(arena, rule_count, sizeof(*slugs));
	struct str word = str_of(slug);

	for (size_t i = 0; i < rule_count; i++)
		slugs[i] = rule_catalog[i]->slug;
	return edit_distance_nearest(word, slugs, rule_count,
				     edit_distance_tolerance(word));
}

const char *rule_unknown_text(struct arena *arena, const char *slug)
{
	const char *nearest = rule_nearest(arena, slug);

	return arena_printf(arena, "unknown rule '%s'%s%s%s", slug,
			    nearest ? "; did you mean '" : "",
			    nearest ? nearest : "", nearest ? "'?" : "");
}
