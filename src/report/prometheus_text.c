#include "prometheus_text.h"

#include "text_escape.h"

void prometheus_write_head(FILE *out, const char *name, const char *help)
{
	fprintf(out, "# HELP %s %s\n# TYPE %s gauge\n", name, help, name);
}

void prometheus_write_label(FILE *out, struct str text)
{
	struct strbuf plain = { 0 };

	text_escape(&plain, text);
	fputc('"', out);
	for (size_t i = 0; i < plain.length; i++) {
		if (plain.data[i] == '"' || plain.data[i] == '\\')
			fputc('\\', out);
		fputc(plain.data[i], out);
	}
	fputc('"', out);
	strbuf_free(&plain);
}
