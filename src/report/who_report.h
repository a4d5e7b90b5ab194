/* What the who command hands to the output formats. */
#ifndef WHO_REPORT_H
#define WHO_REPORT_H

#include <stdio.h>

#include "exposure.h"
#include "resolved_owners.h"

struct who_report {
	struct arena *arena;
	const struct export_table *table;
	const struct resolved_owners *owners;
	struct str path;
	struct exposure *exposure;
	bool color;
	bool all; /* cut no list short */
};

/* The output formats. */
#define WHO_FORMATS(FORMAT) FORMAT(text) FORMAT(json)

typedef void who_renderer(FILE *out, const struct who_report *report);

extern who_renderer *const who_renderers[];

/* The names for --format, in the same order; ends with NULL. */
extern const char *const who_format_names[];

#define DECLARE(name) who_renderer render_who_##name;
WHO_FORMATS(DECLARE)
#undef DECLARE

#endif
