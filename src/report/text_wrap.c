#include "text_wrap.h"

#include "text_escape.h"

void text_wrap_write(FILE *out, const char *indent, struct str text)
{
	text_wrap_hang(out, indent, indent, text);
}

void text_wrap_hang(FILE *out, const char *first, const char *rest,
		    struct str text)
{
	const char *indent = first;
	size_t column = 0;
	struct str word;

	while (str_take(&text, ' ', &word)) {
		size_t width = text_width(word);

		if (column && column + 1 + width > TEXT_WRAP_WIDTH) {
			putc('\n', out);
			column = 0;
			indent = rest;
		}
		fputs(column ? " " : indent, out);
		column += width + (column ? 1 : strlen(indent));
		text_escape_write(out, word);
	}
	putc('\n', out);
}

void text_wrap_title(FILE *out, bool bold, struct str name, struct str more)
{
	bool fits = text_width(name) + text_width(more) <= TEXT_WRAP_WIDTH;
	struct str mark;

	fputs(bold ? "\033[1m" : "", out);
	text_escape_write(out, name);
	fputs(bold ? "\033[0m" : "", out);
	if (!fits && str_take(&more, ' ', &mark))
		fprintf(out, "%.*s\n  ", STR_ARG(mark));
	text_escape_write(out, more);
	putc('\n', out);
}
