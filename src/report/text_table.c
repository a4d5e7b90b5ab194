#include "text_table.h"

#include "text_escape.h"

void text_table_init(struct text_table *table, unsigned columns)
{
	*table = (struct text_table){ .columns = columns };
}

void text_table_print_to(struct text_table *table, FILE *out, bool color)
{
	table->out = out;
	table->color = color;
}

static void measure_row(struct text_table *table, const struct str *cells)
{
	for (unsigned i = 0; i < table->columns; i++) {
		size_t width = text_width(cells[i]);

		if (width > table->widths[i])
			table->widths[i] = width;
	}
}

static void print_row(struct text_table *table, const struct str *cells)
{
	unsigned last = table->columns;
	bool bold = table->color && !table->headed;

	while (last > 1 && cells[last - 1].length == 0)
		last--;
	if (bold)
		fputs("\033[1m", table->out);
	for (unsigned i = 0; i < last; i++) {
		size_t width = text_width(cells[i]);

		text_escape_write(table->out, cells[i]);
		if (i + 1 < last)
			fprintf(table->out, "%*s",
				(int)(table->widths[i] - width + 2), "");
	}
	fputs(bold ? "\033[0m\n" : "\n", table->out);
	table->headed = true;
}

void text_table_row(struct text_table *table, const struct str *cells)
{
	if (table->out)
		print_row(table, cells);
	else
		measure_row(table, cells);
}
