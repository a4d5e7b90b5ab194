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
	table->begin = 1;
	table->end = table->columns;
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
	unsigned last = table->end;
	bool bold = table->color && !table->headed;

	while (last > table->begin && cells[last - 1].length == 0)
		last--;
	if (bold)
		fputs("\033[1m", table->out);
	for (unsigned i = 0, next; i < last; i = next) {
		size_t width = text_width(cells[i]);

		next = i ? i + 1 : table->begin;
		text_escape_write(table->out, cells[i]);
		if (next < last)
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

bool text_table_next_part(struct text_table *table, size_t width)
{
	unsigned end = table->headed ? table->end : 1;
	size_t used = table->widths[0];

	if (end == table->columns)
		return false;
	if (table->headed)
		putc('\n', table->out);
	table->begin = end;
	do
		used += 2 + table->widths[end++];
	while (end < table->columns && used + 2 + table->widths[end] <= width);
	table->end = end;
	table->headed = false;
	return true;
}
