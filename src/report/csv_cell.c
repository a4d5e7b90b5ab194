#include "csv_cell.h"

#include "text_escape.h"

static bool is_formula(struct str text)
{
	return text.length && memchr("=+-@", text.data[0], 4);
}

void csv_write_cell(FILE *out, struct str text)
{
	struct strbuf escaped = { 0 };
	struct str rest;

	text_escape(&escaped, text);
	rest = strbuf_str(&escaped);
	fputs(is_formula(text) ? "\"'" : "\"", out);
	for (;;) {
		size_t plain = str_find(rest, '"');

		fwrite(rest.data, 1, plain, out);
		if (plain == rest.length)
			break;
		fputs("\"\"", out);
		rest = str_skip(rest, plain + 1);
	}
	fputc('"', out);
	strbuf_free(&escaped);
}
