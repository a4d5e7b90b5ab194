#include "audit_local.h"

#include <unistd.h>

#include "audit_compliance.h"
#include "exports_command.h"
#include "report_output.h"

struct audit {
	const struct command_context *context;
	const struct audit_local_options *options;
	struct lint_run run;
	struct audit_report report;
	struct audit_memory memory;
	struct finding_list findings; /* all, also hidden ones */
	struct compliance compliance;
};

static void count_exports(struct audit *audit, const struct export_table *table)
{
	struct lint_report *report = &audit->report.lint;

	report->written = table->entries.count;
	for (size_t i = 0; i < table->entries.count; i++)
		report->loaded +=
			table->entries.items[i].state == EXPORT_LOADED;
}

static void copy_findings(struct audit *audit, const struct finding_list *from)
{
	for (size_t i = 0; audit->options->complies && i < from->list.count;
	     i++)
		*ARRAY_ADD(audit->context->arena, &audit->findings.list) =
			from->list.items[i];
}

/* What the clients may do now, by what is in force. */
static void find_reach(struct audit *audit, const struct lint_unit *unit)
{
	struct arena *arena = audit->context->arena;
	const struct live_state *live = audit->report.live;
	struct live_reach *reach;

	if (!live->in_force || (live->threads && !*live->threads))
		return;
	reach = arena_alloc(arena, sizeof(*reach));
	live_reach_build(arena, live->in_force, unit->local->paths,
			 live->versions, audit->report.clients, reach);
	audit->report.reach = reach;
	audit->report.reach_texts = audit_report_reach_texts(arena, reach);
}

static void find_exposure(struct audit *audit, const struct lint_unit *unit)
{
	struct arena *arena = audit->context->arena;
	struct server_exposure *exposure =
		arena_alloc(arena, sizeof(*exposure));

	server_exposure_find(arena, &unit->table, unit->local, exposure);
	audit->report.exposure = exposure;
}

static bool judge(struct audit *audit, struct exports_files *files)
{
	const struct command_context *context = audit->context;
	struct lint_unit *unit = arena_alloc(context->arena, sizeof(*unit));
	struct live_clients *clients =
		arena_alloc(context->arena, sizeof(*clients));
	struct failure failure;

	table_gather_parse(context->arena, files, &unit->documents);
	audit->run.judge.files_unread = files->failures.count != 0;
	if (!lint_judge_unit(&audit->run.judge, unit, &failure)) {
		command_error(context, "%s", failure.text);
		return false;
	}
	fingerprints_assign(&audit->run.fingerprints, &unit->findings);
	copy_findings(audit, &unit->findings);
	lint_run_sift(&audit->run, &unit->findings);
	*ARRAY_ADD(context->arena, &audit->report.lint.units) = unit;
	count_exports(audit, &unit->table);
	audit->report.live = unit->local->live;
	live_clients_merge(context->arena, audit->report.live, clients);
	audit->report.clients = clients;
	find_reach(audit, unit);
	find_exposure(audit, unit);
	return true;
}

static const char *host_name(const struct command_context *context)
{
	char name[256] = "this host";

	if (context->globals.root)
		return context->globals.root;
	if (gethostname(name, sizeof(name) - 1) != 0)
		return "this host";
	return arena_copy(context->arena, name, strlen(name));
}

static bool has_format(const struct audit *audit, audit_renderer *format)
{
	return audit->options->render == format;
}

/* Only the changes are asked for, and known. */
static bool tells_changes(const struct audit *audit)
{
	return audit->options->memory->changes && !audit->memory.failed;
}

static void render_changes(FILE *out, const struct audit *audit)
{
	const struct audit_server_changes server = {
		.host = audit->report.host,
		.changes = &audit->memory.changes,
		.first = audit->memory.first,
	};
	const struct audit_changes_report report = {
		.servers = &server,
		.count = 1,
		.asked = 1,
		.color = audit->report.lint.color,
	};

	if (!audit_server_changes_any(&server, false))
		return;
	if (has_format(audit, render_audit_json))
		render_changes_json(out, &report);
	else
		render_changes_text(out, &report);
}

static void render(FILE *out, const void *report)
{
	const struct audit *audit = report;

	if (audit->options->complies)
		audit_compliance_renderer(audit->options->render)(
			out, &audit->compliance);
	else if (tells_changes(audit))
		render_changes(out, audit);
	else
		audit->options->render(out, &audit->report);
}

static int status_of(const struct audit *audit)
{
	if (audit->options->complies)
		return audit->compliance.failing ? STATUS_FINDINGS : STATUS_OK;
	if (tells_changes(audit))
		return audit_changes_reach(&audit->memory.changes,
					   audit->run.fail_on)
			       ? STATUS_FINDINGS
			       : STATUS_OK;
	if (!audit->run.failing)
		return STATUS_OK;
	return has_format(audit, render_audit_nagios)
		       ? (int)nagios_status_of(true, audit->run.counts)
		       : STATUS_FINDINGS;
}

static void fill_report(struct audit *audit)
{
	audit->report.host = host_name(audit->context);
	audit->report.least = (enum severity)audit->options->run->min_severity;
	audit->report.failing = audit->run.failing;
	audit->report.lint.target = audit->run.gather.rules.target;
	audit->report.lint.partial = audit->run.gather.interrupted;
	memcpy(audit->report.lint.counts, audit->run.counts,
	       sizeof(audit->run.counts));
}

static int status_of_failure(const struct audit *audit)
{
	return has_format(audit, render_audit_nagios) ? (int)NAGIOS_UNKNOWN
						      : STATUS_FAILED;
}

static int run_begun(struct audit *audit)
{
	const struct command_context *context = audit->context;
	int failed = status_of_failure(audit);
	struct exports_files files = { 0 };
	enum report_end end;
	bool readable, whole;

	exports_files_read_system(context->arena, &audit->run.root, &files);
	readable = exports_command_report(context, &files);
	if (!judge(audit, &files))
		return failed;
	fill_report(audit);
	whole = readable && !audit->report.lint.partial;
	audit_memory_compare(&audit->memory, &audit->report, whole,
			     audit->options->run->resolve);
	audit->report.undone = !readable || audit->memory.failed;
	if (audit->options->complies)
		audit_compliance_make(
			&audit->run, &audit->report, &audit->findings,
			audit->options->catalogue, whole, &audit->compliance);
	/* what nobody was told is told again by the next run */
	end = report_output(context, audit->options->output, render, audit);
	if (end == REPORT_FAILED)
		return failed;
	if (end == REPORT_TOLD)
		audit_memory_keep(&audit->memory);
	return audit->report.undone || audit->memory.failed ? failed
							    : status_of(audit);
}

/* Nothing is kept of such a run: it tells other things. */
static bool compliance_fits(struct audit *audit)
{
	const struct audit_memory_options *memory = audit->options->memory;
	const char *wrong = NULL;

	audit->memory.file = NULL;
	if (memory->state || memory->changes || memory->history)
		wrong = "--compliance has no state";
	else if (!audit_compliance_renderer(audit->options->render))
		wrong = "--compliance is printed as text, csv or json";
	if (wrong)
		command_usage_error(audit->context, "%s", wrong);
	return !wrong;
}

int audit_local_run(const struct command_context *context,
		    const struct audit_local_options *options)
{
	struct audit audit = {
		.context = context,
		.options = options,
		.report.lint = { .arena = context->arena,
				 .color = context->color && !options->output },
	};
	int status;

	if (!audit_memory_begin(&audit.memory, context, options->memory,
				false) ||
	    (options->complies && !compliance_fits(&audit)))
		return status_of_failure(&audit);
	if (options->memory->history)
		return audit_memory_history_here(
			&audit.memory, host_name(context),
			has_format(&audit, render_audit_json));
	audit.run.notes_all = options->complies;
	if (!lint_run_begin(&audit.run, context, options->run,
			    NEEDS_FILES | NEEDS_LIVE | NEEDS_MOUNTD, &status))
		return status_of_failure(&audit);
	audit.run.judge.in_place = audit.run.judge.whole = true;
	audit.run.judge.live = true;
	status = run_begun(&audit);
	audit_memory_end(&audit.memory);
	lint_run_end(&audit.run);
	return status;
}
