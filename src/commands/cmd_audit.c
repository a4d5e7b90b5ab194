/* exportctl audit: the report on a whole server. */
#include <stdlib.h>
#include <unistd.h>

#include "audit_report.h"
#include "exports_command.h"
#include "file_replace.h"
#include "lint_run.h"

struct audit_options {
	struct lint_run_options run;
	int format; /* index into audit_format_names */
	const char *output;
};

struct audit {
	const struct command_context *context;
	const struct audit_options *options;
	struct lint_run run;
	struct audit_report report;
};

/* In the order of audit_format_names, whose last has a status of its own. */
enum { NAGIOS_OK, NAGIOS_WARNING, NAGIOS_CRITICAL, NAGIOS_UNKNOWN };

static void count_exports(struct audit *audit, const struct export_table *table)
{
	struct lint_report *report = &audit->report.lint;

	report->written = table->entries.count;
	for (size_t i = 0; i < table->entries.count; i++)
		report->loaded +=
			table->entries.items[i].state == EXPORT_LOADED;
}

static bool judge(struct audit *audit, struct exports_files *files)
{
	const struct command_context *context = audit->context;
	struct lint_unit *unit = arena_alloc(context->arena, sizeof(*unit));
	struct live_clients *clients =
		arena_alloc(context->arena, sizeof(*clients));
	struct failure failure;

	table_gather_parse(context->arena, files, &unit->documents);
	if (!lint_judge_unit(&audit->run.judge, unit, &failure)) {
		command_error(context, "%s", failure.text);
		return false;
	}
	fingerprints_assign(&audit->run.fingerprints, &unit->findings);
	lint_run_sift(&audit->run, &unit->findings);
	*ARRAY_ADD(context->arena, &audit->report.lint.units) = unit;
	count_exports(audit, &unit->table);
	audit->report.live = unit->local->live;
	live_clients_merge(context->arena, audit->report.live, clients);
	audit->report.clients = clients;
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

/* To standard output, or all at once in the place of --output. */
static bool print_report(struct audit *audit)
{
	const struct command_context *context = audit->context;
	audit_renderer *render = audit_renderers[audit->options->format];
	struct failure failure;
	char *text = NULL;
	size_t length = 0;
	FILE *out = context->out;
	bool done;

	if (!audit->options->output) {
		render(out, &audit->report);
		return true;
	}
	out = open_memstream(&text, &length);
	if (!out)
		arena_exhausted();
	render(out, &audit->report);
	done = fclose(out) == 0 &&
	       file_write(context->arena, audit->options->output,
			  (struct str){ text, length }, &failure);
	free(text);
	if (!done)
		command_error(context, "%s", failure.text);
	return done;
}

static bool is_nagios(const struct audit *audit)
{
	return audit_renderers[audit->options->format] == render_audit_nagios;
}

static int status_of(const struct audit *audit)
{
	const size_t *counts = audit->run.counts;

	if (!audit->run.failing)
		return STATUS_OK;
	if (!is_nagios(audit))
		return STATUS_FINDINGS;
	return counts[SEVERITY_CRITICAL] || counts[SEVERITY_HIGH]
		       ? NAGIOS_CRITICAL
		       : NAGIOS_WARNING;
}

static int run_begun(struct audit *audit)
{
	const struct command_context *context = audit->context;
	int failed = is_nagios(audit) ? NAGIOS_UNKNOWN : STATUS_FAILED;
	struct exports_files files = { 0 };
	bool readable;

	exports_files_read_system(context->arena, &audit->run.root, &files);
	readable = exports_command_report(context, &files);
	if (!judge(audit, &files))
		return failed;
	audit->report.host = host_name(context);
	audit->report.least = (enum severity)audit->options->run.min_severity;
	audit->report.failing = audit->run.failing;
	audit->report.lint.target = audit->run.gather.rules.target;
	audit->report.lint.partial = audit->run.gather.interrupted;
	memcpy(audit->report.lint.counts, audit->run.counts,
	       sizeof(audit->run.counts));
	if (!print_report(audit) || !readable)
		return failed;
	return status_of(audit);
}

static int run_audit(const struct command_context *context)
{
	const struct audit_options *options = context->options;
	struct audit audit = {
		.context = context,
		.options = options,
		.report.lint = { .arena = context->arena,
				 .color = context->color && !options->output },
	};
	int status;

	if (!lint_run_begin(&audit.run, context, &options->run,
			    NEEDS_FILES | NEEDS_LIVE, &status))
		return status;
	audit.run.judge.in_place = audit.run.judge.whole = true;
	audit.run.judge.live = true;
	status = run_begun(&audit);
	lint_run_end(&audit.run);
	return status;
}

#define OFFSET(field) .offset = offsetof(struct audit_options, field)

static const struct option_row options[] = {
	{ .name = "format",
	  .letter = 'f',
	  .kind = OPTION_CHOICE,
	  .choices = audit_format_names,
	  .initial = "text",
	  .help = "what to print",
	  OFFSET(format) },
	{ .name = "output",
	  .letter = 'o',
	  .kind = OPTION_PATH,
	  .argument = "FILE",
	  .help = "write the report to FILE, all at once",
	  OFFSET(output) },
	LINT_RUN_OPTION_ROWS(struct audit_options),
	{ 0 },
};

const struct command cmd_audit = {
	.name = "audit",
	.summary = "report on a whole server: files, what is in force, clients",
	.description =
		"Judges the exports files of this server, or of the tree of "
		"--root, together with what runs: the table that exportfs "
		"wrote, the kernel's server, its settings and its clients. "
		"What can't be read is named, and nothing is concluded from "
		"it.",
	.options = options,
	.options_size = sizeof(struct audit_options),
	.status = { [STATUS_OK] = "nothing at or above the threshold",
		    [STATUS_FINDINGS] = "findings at or above the threshold",
		    [STATUS_FAILED] = "the audit could not be done, or wrong "
				      "usage" },
	.run = run_audit,
};
