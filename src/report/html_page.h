/* Parts of the pages for a browser: one file that loads nothing, light or dark
 * as its reader has it, complete without scripts. A click on the head of a
 * column sorts. Text is escaped as all foreign bytes; names, classes and heads
 * are HTML. */
#ifndef HTML_PAGE_H
#define HTML_PAGE_H

#include "lint_report.h"

/* From the doctype to the heading, which is the title, too; the header of the
 * page is left open. */
void html_begin_page(FILE *out, const char *title);

/* The numbers of findings by severity, down to the least. Ends the header. */
void html_write_tiles(FILE *out, const struct lint_report *report,
		      enum severity least);

/* The same, with room for other tiles before the end. */
void html_begin_tiles(FILE *out, const struct lint_report *report,
		      enum severity least);
void html_end_tiles(FILE *out);

/* Ends what html_write_tiles() began, and all. */
void html_end_page(FILE *out);

void html_write_element(FILE *out, const char *tag, const char *text);

/* name: an id that the page has once. */
void html_begin_section(FILE *out, const char *name, const char *title);
void html_end_section(FILE *out);

/* name: of the section; heads: the cells of the head. */
void html_begin_table(FILE *out, const char *name, const char *classes,
		      const char *heads);
void html_end_table(FILE *out);

/* The name of a source, and a line if there is one. */
void html_write_place(FILE *out, const struct lint_report *report,
		      struct lint_unit *unit, uint32_t document,
		      struct span span);

/* Begins a row with a cell for the severity; id: "" for none. */
void html_begin_severity_row(FILE *out, enum severity severity, const char *id);

/* The row of a finding, whose id is the fingerprint: its severity, a cell that
 * the caller writes, and its rule and what it means. */
void html_begin_finding(FILE *out, const struct finding *finding);
void html_end_finding(FILE *out, const struct lint_report *report,
		      struct lint_unit *unit, const struct finding *finding);

/* A cell with a link to what html_write_rules() says. */
void html_write_rule_cell(FILE *out, const struct rule *rule);

/* A section on the rules that have findings. */
void html_write_rules(FILE *out, const struct lint_report *report);

#endif
