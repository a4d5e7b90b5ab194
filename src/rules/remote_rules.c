#include "remote_rules.h"

void remote_report_each(struct rule_run *run,
			const struct survey_exports *exports,
			const char *format, const char *fix)
{
	size_t named = exports->named.count, more = exports->count - named;
	struct finding *finding;

	for (size_t i = 0; i < named; i++) {
		struct str path = exports->named.items[i];

		path.length = str_find(path, '\0');
		finding = remote_report(
			run, format,
			arena_copy(run->arena, path.data, path.length));
		finding->path = path;
		finding->fix.description = fix;
	}
	if (!more)
		return;
	finding = remote_report(run, format,
				arena_printf(run->arena, "%zu more export%s",
					     more, more == 1 ? "" : "s"));
	finding->fix.description = fix;
}

static const char *separator(const struct survey_exports *exports, size_t i)
{
	if (i == 0)
		return "";
	return i + 1 == exports->count ? " and " : ", ";
}

const char *remote_exports_text(const struct rule_run *run,
				const struct survey_exports *exports)
{
	struct strbuf text = { 0 };
	const char *kept;

	for (size_t i = 0; i < exports->named.count; i++) {
		struct str name = exports->named.items[i];

		name.length = str_find(name, '\0');
		strbuf_add_text(&text, separator(exports, i));
		strbuf_add(&text, name);
	}
	if (exports->count > exports->named.count)
		strbuf_printf(&text, " and %zu more",
			      exports->count - exports->named.count);
	kept = arena_copy(run->arena, text.data, text.length);
	strbuf_free(&text);
	return kept;
}
