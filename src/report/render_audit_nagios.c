/* One line for Nagios and its like: status, text, a bar, performance data
 * (Monitoring Plugins Development Guidelines). */
#include "audit_report.h"
#include "nagios_status.h"

void render_audit_nagios(FILE *out, const struct audit_report *report)
{
	const size_t *counts = report->lint.counts;
	char exposure[EXPOSURE_TEXT];
	enum nagios_status status =
		report->undone ? NAGIOS_UNKNOWN
			       : nagios_status_of(report->failing, counts);
	struct strbuf summary = { 0 };

	lint_report_summary(&report->lint, &summary);
	fprintf(out, "EXPORTS %s - %s |", nagios_status_name(status),
		summary.data);
	for (int i = SEVERITY_CRITICAL; i >= (int)report->least; i--)
		fprintf(out, " %s=%zu", severity_names[i], counts[i]);
	fprintf(out,
		" exports=%zu clients_live=%zu clients_stale=%zu "
		"exposure=%s\n",
		report->lint.loaded, audit_report_clients(report, CLIENT_LIVE),
		audit_report_clients(report, CLIENT_STALE),
		exposure_text(report->exposure->tenths, exposure));
	strbuf_free(&summary);
}
