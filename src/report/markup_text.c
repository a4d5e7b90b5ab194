#include "markup_text.h"

#include "text_escape.h"

/* What stands for a byte, or NULL for itself. */
static const char *reference_of(char c)
{
	switch (c) {
	case '&':
		return "&amp;";
	case '<':
		return "&lt;";
	case '>':
		return "&gt;";
	case '"':
		return "&quot;";
	case '\'':
		return "&#39;";
	default:
		return NULL;
	}
}

void markup_write(FILE *out, struct str text)
{
	for (size_t i = 0; i < text.length; i++) {
		const char *reference = reference_of(text.data[i]);

		if (reference)
			fputs(reference, out);
		else
			putc(text.data[i], out);
	}
}

void markup_write_foreign(FILE *out, struct str text)
{
	struct strbuf plain = { 0 };

	text_escape(&plain, text);
	markup_write(out, strbuf_str(&plain));
	strbuf_free(&plain);
}
