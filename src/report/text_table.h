/* Aligned columns for people.
 *
 * The rows are made twice: once to measure them, once to print them, so that
 * a table of a million lines needs no memory for its cells.
 */
#ifndef TEXT_TABLE_H
#define TEXT_TABLE_H

#include <stdbool.h>
#include <stdio.h>

#include "str.h"

enum { TEXT_TABLE_COLUMNS_MAX = 16 };

struct text_table {
	unsigned columns;
	unsigned begin, end; /* of those behind the first that are printed */
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

/* A table that is wider than width is printed in parts, one below the other,
 * each with the first column. True if there is one more, for which the rows are
 * due again. */
bool text_table_next_part(struct text_table *table, size_t width);

#endif
