/* The catalogue of rules, for people and programs. */
#ifndef RULE_REPORT_H
#define RULE_REPORT_H

#include <stdio.h>

#include "rule.h"

/* What a rule has to look at besides the text, as a sentence; NULL: nothing. */
const char *rule_needs_text(const struct rule *rule);

/* Prints the rules in one of the formats below; all of them, or one in full.
 * The texts are the program's own and are not escaped. */
typedef void rule_renderer(FILE *out, const struct rule *const *rules,
			   size_t count, bool in_full);

#define RULE_FORMATS(FORMAT) FORMAT(text) FORMAT(markdown) FORMAT(json)

extern rule_renderer *const rule_renderers[];

/* The names for --format, in the same order; ends with NULL. */
extern const char *const rule_format_names[];

#define DECLARE(name) rule_renderer render_rules_##name;
RULE_FORMATS(DECLARE)
#undef DECLARE

#endif
