/* What the show command hands to the output formats. */
#ifndef SHOW_REPORT_H
#define SHOW_REPORT_H

#include <stdio.h>

#include "export_table.h"
#include "resolved_owners.h"

struct show_report {
	struct arena *arena; /* for what the formats need while they run */
	const struct export_table *table;
	const struct export_table *reread;    /* the table that etab gives; only
						 where the format needs it */
	const struct resolved_owners *owners; /* names of ids; likewise */
	bool partial;			      /* the work was interrupted */
	bool terminal; /* the output is one: foreign bytes are escaped */
	bool color;
};

/* The output formats: name, and what it needs of the report. */
#define SHOW_FORMATS(FORMAT)                                                   \
	FORMAT(table, .needs_owners = true)                                    \
	FORMAT(etab, )                                                         \
	FORMAT(exportfs, .needs_reread = true)                                 \
	FORMAT(json, )

struct show_format {
	bool needs_reread, needs_owners;
	/* Errors stay in the stream. */
	void (*render)(FILE *out, const struct show_report *report);
};

extern const struct show_format show_formats[];

/* The names for --format, in the same order; ends with NULL. */
extern const char *const show_format_names[];

#define DECLARE(name, needs)                                                   \
	void render_show_##name(FILE *out, const struct show_report *report);
SHOW_FORMATS(DECLARE)
#undef DECLARE

#endif
