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

const struct rule *rule_find(const char *slug)
{
	for (size_t i = 0; i < rule_count; i++)
		if (strcmp(rule_catalog[i]->slug, slug) == 0)
			return rule_catalog[i];
	return NULL;
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
