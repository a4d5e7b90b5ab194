/* Metrics on a fleet, a value for each server. */
#include "fleet_report.h"
#include "prometheus_text.h"

static void begin_value(FILE *out, const char *name,
			const struct fleet_server *server)
{
	fprintf(out, "%s{server=", name);
	prometheus_write_label(out, str_of(server->survey.host));
}

/* Of a server that showed nothing there is nothing to be said. */
static void write_server_findings(FILE *out, const struct fleet_server *server,
				  enum severity least)
{
	size_t counts[SEVERITIES];

	if (!server->survey.answered && !server->unit.findings.list.count)
		return;
	fleet_server_counts(server, counts);
	for (int i = SEVERITY_CRITICAL; i >= (int)least; i--) {
		begin_value(out, PROMETHEUS_FINDINGS, server);
		fprintf(out, ",severity=\"%s\"} %zu\n", severity_names[i],
			counts[i]);
	}
}

static void write_findings(FILE *out, const struct fleet_report *report)
{
	prometheus_write_head(out, PROMETHEUS_FINDINGS,
			      PROMETHEUS_FINDINGS_HELP);
	for (size_t i = 0; i < report->servers.count; i++)
		write_server_findings(out, report->servers.items[i],
				      report->least);
}

static bool has_answered(const struct server_survey *survey, size_t *value)
{
	*value = survey->answered;
	return true;
}

static bool lists_exports(const struct server_survey *survey, size_t *value)
{
	*value = survey->exports;
	return survey->via != NULL;
}

static bool tells_mounts(const struct server_survey *survey, size_t *value)
{
	*value = survey->mounts;
	return survey->tells_mounts;
}

/* One value for each server. */
static const struct {
	const char *name, *help;
	/* false: it is not known */
	bool (*value)(const struct server_survey *survey, size_t *value);
} numbers[] = {
	{ "exportctl_up", "Did the server answer all that it was asked?",
	  has_answered },
	{ "exportctl_exports_listed", "Exports that the server lists.",
	  lists_exports },
	{ "exportctl_mounts_listed",
	  "Mounts that the server tells whoever asks.", tells_mounts },
};

static void write_exposure(FILE *out, const struct fleet_report *report)
{
	char number[EXPOSURE_TEXT];

	prometheus_write_head(out, PROMETHEUS_EXPOSURE,
			      PROMETHEUS_EXPOSURE_HELP);
	for (size_t i = 0; i < report->servers.count; i++) {
		const struct fleet_server *server = report->servers.items[i];

		if (!server->exposure.known)
			continue;
		begin_value(out, PROMETHEUS_EXPOSURE, server);
		fprintf(out, "} %s\n",
			exposure_text(server->exposure.tenths, number));
	}
}

void render_fleet_prometheus(FILE *out, const struct fleet_report *report)
{
	write_findings(out, report);
	write_exposure(out, report);
	for (size_t i = 0; i < sizeof(numbers) / sizeof(*numbers); i++) {
		prometheus_write_head(out, numbers[i].name, numbers[i].help);
		for (size_t k = 0; k < report->servers.count; k++) {
			const struct fleet_server *server =
				report->servers.items[k];
			size_t value;

			if (!numbers[i].value(&server->survey, &value))
				continue;
			begin_value(out, numbers[i].name, server);
			fprintf(out, "} %zu\n", value);
		}
	}
}
