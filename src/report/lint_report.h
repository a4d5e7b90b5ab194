/* What the lint command hands to the output formats. */
#ifndef LINT_REPORT_H
#define LINT_REPORT_H

#include <stdio.h>

#include "rule.h"

/* The files that were judged together as one table. */
struct lint_unit {
	struct export_documents documents;
	struct export_table table;
	const struct local_state *local; /* NULL: not looked at */
	struct finding_list findings;	 /* sorted; those to be shown */
};

struct lint_report {
	struct arena *arena;
	ARRAY(struct lint_unit *) units;
	struct target target;
	size_t written, loaded;	   /* clients of paths, in all units */
	size_t counts[SEVERITIES]; /* of the findings that are shown */
	bool explain;
	bool color;
	bool partial; /* the work was interrupted */
};

/* The output formats. */
#define LINT_FORMATS(FORMAT)                                                   \
	FORMAT(text)                                                           \
	FORMAT(gcc) FORMAT(json) FORMAT(sarif) FORMAT(github) FORMAT(checkstyle)

typedef void lint_renderer(FILE *out, const struct lint_report *report);

extern lint_renderer *const lint_renderers[];

/* The names for --format, in the same order; ends with NULL. */
extern const char *const lint_format_names[];

#define DECLARE(name) lint_renderer render_lint_##name;
LINT_FORMATS(DECLARE)
#undef DECLARE

/* The source of a finding's or place's document. */
static inline struct source *lint_unit_source(const struct lint_unit *unit,
					      uint32_t document)
{
	return rule_source(&unit->table, unit->local, document);
}

/* What other tools call a severity. */
struct level_names {
	const char *gcc; /* and SARIF */
	const char *github, *checkstyle;
};

extern const struct level_names lint_levels[SEVERITIES];

/* Calls write for each finding that is not suppressed. */
void lint_report_each(FILE *out, const struct lint_report *report,
		      void (*write)(FILE *out, const struct lint_report *report,
				    struct lint_unit *unit,
				    const struct finding *finding));

/* The same, the most severe ones first. */
void lint_report_each_sorted(FILE *out, const struct lint_report *report,
			     void (*write)(FILE *out,
					   const struct lint_report *report,
					   struct lint_unit *unit,
					   const struct finding *finding));

/* Is one to be shown? */
bool lint_report_has_findings(const struct lint_report *report);

/* Appends "2 high, 1 low" or "nothing found". */
void lint_report_counts(const struct lint_report *report, struct strbuf *out);

/* Appends the line that ends a run: findings by severity, files, exports. */
void lint_report_summary(const struct lint_report *report, struct strbuf *out);

#endif
