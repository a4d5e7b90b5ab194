/* The parts of lint's JSON that the audit's has as well. */
#ifndef LINT_JSON_H
#define LINT_JSON_H

#include "json_bytes.h"
#include "lint_report.h"

/* Writes the brace that begins the document, schema, tool, target, files,
 * exports, and partial where it is so. */
void lint_json_write_head(FILE *out, const char *schema,
			  const struct lint_report *report);

/* Writes the findings, with commas between them. */
void lint_json_write_findings(FILE *out, const struct lint_report *report);

/* How many findings there are of each severity. */
json_t *lint_json_summary(const struct lint_report *report);

#endif
