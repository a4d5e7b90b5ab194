/* Aligned columns for people.
 *
 * The rows are made twice: once to measure them, once to print them, so that
 * a table of a million lines needs no memory for its cells.
 */
#ifndef TEXT_TABLE_H
#define TEXT_TABLE_H

#include <stdio.h>

#include "str.h"

enum { TEXT_TABLE_COLUMNS_MAX = 16 };

struct text_table {
	unsigned columns;
	size_t widths[TEXT_TABLE_COLUMNS_MAX];
	FILE *out;  /* NULL while measuring */
	bool color; /* the first row is bold */
	bool headed;
};

/* A table without rows, measuring. */
void text_table_init(struct text_table *table, unsigned columns);

/* Measures or prints a row. Cells are escaped; two blanks divide them. */
void text_table_row(struct text_table *table, const struct str *cells);

/* From now on rows are printed to out. */
void text_table_print_to(struct text_table *table, FILE *out, bool color);

#endif
