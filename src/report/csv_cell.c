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
	for (size_t i = 0; i < rest.length; i++) {
		if (rest.data[i] == '"')
			fputc('"', out);
		fputc(rest.data[i], out);
	}
	fputc('"', out);
	strbuf_free(&escaped);
}
