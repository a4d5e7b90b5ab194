#include "lint_report.h"

#define RENDERER(name) render_lint_##name,
lint_renderer *const lint_renderers[] = { LINT_FORMATS(RENDERER) };

#define NAME(name) #name,
const char *const lint_format_names[] = { LINT_FORMATS(NAME) NULL };

static void add_counts(const struct lint_report *report, struct strbuf *out)
{
	const char *separator = "";

	for (int severity = SEVERITY_CRITICAL; severity >= 0; severity--) {
		if (!report->counts[severity])
			continue;
		strbuf_printf(out, "%s%zu %s", separator,
			      report->counts[severity],
			      severity_names[severity]);
		separator = ", ";
	}
	if (!*separator)
		strbuf_add_text(out, "nothing found");
}

void lint_report_summary(const struct lint_report *report, struct strbuf *out)
{
	size_t files = 0;

	for (size_t i = 0; i < report->units.count; i++)
		files += report->units.items[i]->documents.list.count;
	add_counts(report, out);
	strbuf_printf(out, " in %zu %s; %zu of %zu exports are loaded", files,
		      files == 1 ? "file" : "files", report->loaded,
		      report->written);
}
