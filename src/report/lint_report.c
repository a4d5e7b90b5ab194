#include "lint_report.h"

#define RENDERER(name) render_lint_##name,
lint_renderer *const lint_renderers[] = { LINT_FORMATS(RENDERER) };

#define NAME(name) #name,
const char *const lint_format_names[] = { LINT_FORMATS(NAME) NULL };

const struct level_names lint_levels[SEVERITIES] = {
	[SEVERITY_INFO] = { "note", "notice", "info" },
	[SEVERITY_LOW] = { "note", "notice", "info" },
	[SEVERITY_MEDIUM] = { "warning", "warning", "warning" },
	[SEVERITY_HIGH] = { "error", "error", "error" },
	[SEVERITY_CRITICAL] = { "error", "error", "error" },
};

typedef void write_finding(FILE *out, const struct lint_report *report,
			   struct lint_unit *unit,
			   const struct finding *finding);

/* severity: SEVERITIES stands for all. */
static void each_of(FILE *out, const struct lint_report *report, int severity,
		    write_finding *write)
{
	for (size_t i = 0; i < report->units.count; i++) {
		struct lint_unit *unit = report->units.items[i];

		for (size_t k = 0; k < unit->findings.list.count; k++) {
			const struct finding *finding =
				&unit->findings.list.items[k];

			if (!finding->suppressed &&
			    (severity == SEVERITIES ||
			     severity == (int)finding->severity))
				write(out, report, unit, finding);
		}
	}
}

void lint_report_each(FILE *out, const struct lint_report *report,
		      write_finding *write)
{
	each_of(out, report, SEVERITIES, write);
}

void lint_report_each_sorted(FILE *out, const struct lint_report *report,
			     write_finding *write)
{
	for (int severity = SEVERITY_CRITICAL; severity >= 0; severity--)
		if (report->counts[severity])
			each_of(out, report, severity, write);
}

bool lint_report_has_findings(const struct lint_report *report)
{
	for (int i = 0; i < SEVERITIES; i++)
		if (report->counts[i])
			return true;
	return false;
}

void lint_report_counts(const struct lint_report *report, struct strbuf *out)
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
	lint_report_counts(report, out);
	strbuf_printf(out, " in %zu %s; %zu of %zu exports are loaded", files,
		      files == 1 ? "file" : "files", report->loaded,
		      report->written);
}
