/* All rules, in the order of their slugs. */
#ifndef RULE_CATALOG_H
#define RULE_CATALOG_H

#include "rule.h"

extern const struct rule *const rule_catalog[];
extern const size_t rule_count;

/* The rule with that slug, or NULL. */
const struct rule *rule_find(const char *slug);

/* The place of a rule in the catalogue. */
size_t rule_index(const struct rule *rule);

/* "unknown rule 'x'; did you mean 'y'?" */
const char *rule_unknown_text(struct arena *arena, const char *slug);

/* Are exports lost through what the rule finds? */
bool rule_loses(const struct rule *rule);

/* The slug nearest to a mistyped one, or NULL. */
const char *rule_nearest(struct arena *arena, const char *slug);

#endif
