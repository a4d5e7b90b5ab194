/* What the test command hands to the output formats. */
#ifndef ASSERT_REPORT_H
#define ASSERT_REPORT_H

#include <stdio.h>

#include "access_assert.h"

struct assert_item {
	struct source *source;
	struct span span; /* of the line in source */
	struct str path;  /* where it does not hold */
	struct assert_outcome outcome;
};

struct assert_report {
	struct arena *arena;
	const struct export_table *table;
	ARRAY(struct assert_item) items;
	size_t passed;
	bool color, quiet;
};

/* The output formats. */
#define ASSERT_FORMATS(FORMAT) FORMAT(text) FORMAT(json)

typedef void assert_renderer(FILE *out, const struct assert_report *report);

extern assert_renderer *const assert_renderers[];

/* The names for --format, in the same order; ends with NULL. */
extern const char *const assert_format_names[];

#define DECLARE(name) assert_renderer render_assert_##name;
ASSERT_FORMATS(DECLARE)
#undef DECLARE

/* The text of an assertion. */
struct str assert_item_text(const struct assert_item *item);

#endif
