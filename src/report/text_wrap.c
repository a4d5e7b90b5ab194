#include "text_wrap.h"

#include "text_escape.h"

void text_wrap_write(FILE *out, const char *indent, struct str text)
{
	size_t column = 0;
	struct str word;

	while (str_take(&text, ' ', &word)) {
		size_t width = text_width(word);

		if (column && column + 1 + width > TEXT_WRAP_WIDTH) {
			putc('\n', out);
			column = 0;
		}
		fputs(column ? " " : indent, out);
		column += width + (column ? 1 : strlen(indent));
		text_escape_write(out, word);
	}
	putc('\n', out);
}
