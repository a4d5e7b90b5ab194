#include "fleet_report.h"

#include "rule_catalog.h"

#define RENDERER(name) render_fleet_##name,
fleet_renderer *const fleet_renderers[] = { AUDIT_FORMATS(RENDERER) };

void fleet_report_head(const struct fleet_report *report, struct strbuf *out)
{
	size_t count = report->servers.count;

	strbuf_printf(out, "%zu NFS server%s asked, %zu answered", count,
		      count == 1 ? " was" : "s were", report->answered);
}

static void note_rules(const struct fleet_server *server,
		       struct fleet_rule *rules)
{
	for (size_t i = 0; i < server->unit.findings.list.count; i++) {
		const struct finding *finding =
			&server->unit.findings.list.items[i];
		struct fleet_rule *rule = &rules[rule_index(finding->rule)];

		if (finding->suppressed)
			continue;
		rule->servers += rule->last != server;
		rule->last = server;
		if (finding->severity > rule->worst)
			rule->worst = finding->severity;
	}
}

struct fleet_rule *fleet_report_rules(const struct fleet_report *report)
{
	struct fleet_rule *rules = arena_alloc_array(
		report->lint.arena, rule_count, sizeof(*rules));

	for (size_t i = 0; i < report->servers.count; i++)
		note_rules(report->servers.items[i], rules);
	return rules;
}

const char *fleet_server_problem(struct arena *arena,
				 const struct fleet_server *server)
{
	const struct server_survey *survey = &server->survey;

	if (!survey->error || strcmp(survey->error, survey->status) == 0)
		return survey->status;
	return arena_printf(arena, "%s: %s", survey->status, survey->error);
}

void fleet_server_counts(const struct fleet_server *server,
			 size_t counts[SEVERITIES])
{
	for (int i = 0; i < SEVERITIES; i++)
		counts[i] = 0;
	for (size_t i = 0; i < server->unit.findings.list.count; i++) {
		const struct finding *finding =
			&server->unit.findings.list.items[i];

		counts[finding->severity] += !finding->suppressed;
	}
}

enum nagios_status fleet_report_nagios(const struct fleet_report *report)
{
	bool whole = report->answered == report->servers.count &&
		     !report->lint.partial;
	enum nagios_status found =
		nagios_status_of(report->failing, report->lint.counts);

	if (report->undone)
		return NAGIOS_UNKNOWN;
	return found == NAGIOS_OK && !whole ? NAGIOS_WARNING : found;
}

const struct fleet_server *
fleet_report_most_exposed(const struct fleet_report *report)
{
	const struct fleet_server *most = NULL;

	for (size_t i = 0; i < report->servers.count; i++) {
		const struct fleet_server *server = report->servers.items[i];

		if (server->exposure.known &&
		    (!most || server->exposure.tenths > most->exposure.tenths))
			most = server;
	}
	return most;
}
