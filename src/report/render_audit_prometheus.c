/* Metrics for the textfile collector of Prometheus' node_exporter (text-based
 * exposition format 0.0.4). */
#include "audit_report.h"

static void write_head(FILE *out, const char *name, const char *help)
{
	fprintf(out, "# HELP %s %s\n# TYPE %s gauge\n", name, help, name);
}

static void write_findings(FILE *out, const struct audit_report *report)
{
	static const char name[] = "exportctl_findings";

	write_head(out, name, "Findings of the last audit, by severity.");
	for (int i = SEVERITY_CRITICAL; i >= (int)report->least; i--)
		fprintf(out, "%s{severity=\"%s\"} %zu\n", name,
			severity_names[i], report->lint.counts[i]);
}

static void write_clients(FILE *out, const struct audit_report *report)
{
	static const char name[] = "exportctl_clients";

	write_head(out, name, "Clients of the NFS server, by state.");
	for (int i = 0; i < CLIENT_STATES; i++)
		fprintf(out, "%s{state=\"%s\"} %zu\n", name,
			client_state_name((enum client_state)i),
			audit_report_clients(report, (enum client_state)i));
}

static void write_number(FILE *out, const char *name, const char *help,
			 size_t value)
{
	write_head(out, name, help);
	fprintf(out, "%s %zu\n", name, value);
}

void render_audit_prometheus(FILE *out, const struct audit_report *report)
{
	write_findings(out, report);
	write_clients(out, report);
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
