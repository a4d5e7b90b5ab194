/* Metrics on a server. */
#include "audit_report.h"
#include "prometheus_text.h"

static void write_findings(FILE *out, const struct audit_report *report)
{
	prometheus_write_head(out, PROMETHEUS_FINDINGS,
			      PROMETHEUS_FINDINGS_HELP);
	for (int i = SEVERITY_CRITICAL; i >= (int)report->least; i--)
		fprintf(out, "%s{severity=\"%s\"} %zu\n", PROMETHEUS_FINDINGS,
			severity_names[i], report->lint.counts[i]);
}

static void write_clients(FILE *out, const struct audit_report *report)
{
	static const char name[] = "exportctl_clients";

	prometheus_write_head(out, name,
			      "Clients of the NFS server, by state.");
	for (int i = 0; i < CLIENT_STATES; i++)
		fprintf(out, "%s{state=\"%s\"} %zu\n", name,
			client_state_name((enum client_state)i),
			audit_report_clients(report, (enum client_state)i));
}

static void write_exposure(FILE *out, const struct audit_report *report)
{
	static const char levels[] = "exportctl_exports_exposure";
	const struct server_exposure *exposure = report->exposure;
	char number[EXPOSURE_TEXT];

	prometheus_write_head(out, PROMETHEUS_EXPOSURE,
			      PROMETHEUS_EXPOSURE_HELP);
	fprintf(out, "%s %s\n", PROMETHEUS_EXPOSURE,
		exposure_text(exposure->tenths, number));
	prometheus_write_head(
		out, levels,
		"Pairs of path and client, by the level of their exposure.");
	for (int i = 0; i < EXPOSURE_LEVELS; i++)
		fprintf(out, "%s{level=\"%s\"} %zu\n", levels,
			exposure_levels[i].name, exposure->levels[i]);
}

static void write_number(FILE *out, const char *name, const char *help,
			 size_t value)
{
	prometheus_write_head(out, name, help);
	fprintf(out, "%s %zu\n", name, value);
}

void render_audit_prometheus(FILE *out, const struct audit_report *report)
{
	write_findings(out, report);
	write_clients(out, report);
	write_exposure(out, report);
	write_number(out, "exportctl_exports_written",
		     "Pairs of path and client that the exports files name.",
		     report->lint.written);
	write_number(out, "exportctl_exports_loaded",
		     "Pairs of path and client that exportfs loads.",
		     report->lint.loaded);
	write_number(out, "exportctl_facts_not_checked",
		     "Facts that could not be read.",
		     report->live->unchecked.count);
}
