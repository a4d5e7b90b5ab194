/* exportctl lint: what the server will do with exports files, and what of it
 * is hardly meant. */
#include <stdlib.h>
#include <unistd.h>

#include "exports_command.h"
#include "file_replace.h"
#include "lint_fix.h"
#include "lint_repair.h"
#include "lint_run.h"
#include "rule_catalog.h"

struct lint_options {
	struct lint_run_options run;
	int format; /* index into lint_format_names */
	const char *as, *write_baseline;
	int fix; /* enum fix_level */
	bool diff, statistics;
};

/* One run of the command. */
struct lint {
	const struct command_context *context;
	const struct lint_options *options;
	struct lint_run run;
	struct lint_report report;
	struct baseline found; /* for --write-baseline */
	struct lint_repair repair;
	bool failed; /* a file could not be read or judged */
};

/* Are the files those of a server, so that what lies below the root says what
 * becomes of them? A file from elsewhere is judged for its text alone. */
static bool is_in_place(const struct lint *lint, const char *operand)
{
	char *real;
	bool has_place;

	if (lint->context->globals.root)
		return true;
	real = realpath(operand, NULL);
	has_place = real && exports_files_has_place(real);
	free(real);
	return has_place;
}

/* What is found and not suppressed is known from now on. */
static void note_baseline(struct lint *lint,
			  const struct finding_list *findings)
{
	for (size_t i = 0; i < findings->list.count; i++)
		if (!findings->list.items[i].suppressed)
			*ARRAY_ADD(lint->context->arena,
				   &lint->found.fingerprints) =
				findings->list.items[i].fingerprint;
}

static void count_exports(struct lint *lint, const struct export_table *table)
{
	lint->report.written += table->entries.count;
	for (size_t i = 0; i < table->entries.count; i++)
		lint->report.loaded +=
			table->entries.items[i].state == EXPORT_LOADED;
}

/* Judges the files as one table. */
static void lint_files(struct lint *lint, struct exports_files *files)
{
	struct arena *arena = lint->context->arena;
	struct lint_unit *unit = arena_alloc(arena, sizeof(*unit));
	bool fixing = lint->options->fix || lint->options->diff;
	struct failure failure;

	table_gather_parse(arena, files, &unit->documents);
	lint->failed |= !exports_command_report(lint->context, files);
	if (!lint_judge_unit(&lint->run.judge, unit, &failure) ||
	    (fixing && !lint_repair_files(&lint->repair, unit, &failure))) {
		command_error(lint->context, "%s", failure.text);
		lint->failed = true;
		return;
	}
	if (lint->run.judge.in_place)
		exports_command_note_hidden(lint->context, &unit->table);
	*ARRAY_ADD(arena, &lint->report.units) = unit;
	fingerprints_assign(&lint->run.fingerprints, &unit->findings);
	note_baseline(lint, &unit->findings);
	lint_run_sift(&lint->run, &unit->findings);
	count_exports(lint, &unit->table);
}

/* The operand in the place of --as, with the other files of the system. */
static void lint_as(struct lint *lint)
{
	const struct command_context *context = lint->context;
	struct exports_files operand = { 0 }, files = { 0 };

	exports_files_read_file(context->arena, context->operands[0], &operand);
	exports_files_read_system(context->arena, &lint->run.root, &files);
	exports_files_put(context->arena, &operand, lint->options->as, &files);
	lint_files(lint, &files);
}

static void lint_operands(struct lint *lint)
{
	const struct command_context *context = lint->context;

	lint->run.judge.whole = !context->operand_count || lint->options->as;
	if (lint->options->as) {
		lint->run.judge.in_place = true;
		lint_as(lint);
		return;
	}
	if (!context->operand_count) {
		struct exports_files files = { 0 };

		lint->run.judge.in_place = true;
		exports_files_read_system(context->arena, &lint->run.root,
					  &files);
		lint_files(lint, &files);
	}
	for (int i = 0; i < context->operand_count; i++) {
		struct exports_files files = { 0 };

		lint->run.judge.in_place =
			is_in_place(lint, context->operands[i]);
		exports_files_read_operand(context->arena, context->operands[i],
					   &files);
		lint_files(lint, &files);
	}
}

static size_t count_of(const struct lint_report *report,
		       const struct rule *rule)
{
	size_t count = 0;

	for (size_t i = 0; i < report->units.count; i++) {
		const struct finding_list *findings =
			&report->units.items[i]->findings;

		for (size_t k = 0; k < findings->list.count; k++)
			count += findings->list.items[k].rule == rule &&
				 !findings->list.items[k].suppressed;
	}
	return count;
}

static void print_statistics(const struct lint *lint)
{
	for (size_t i = 0; i < rule_count; i++) {
		size_t count = count_of(&lint->report, rule_catalog[i]);

		if (count)
			command_error(lint->context, "%s: %zu",
				      rule_catalog[i]->slug, count);
	}
}

static void print_summary(const struct lint *lint)
{
	const struct command_context *context = lint->context;
	struct strbuf line = { 0 };
	size_t shown = 0;

	for (int i = 0; i < SEVERITIES; i++)
		shown += lint->report.counts[i];
	if (context->globals.quiet || (!shown && !context->err_is_terminal))
		return;
	lint_report_summary(&lint->report, &line);
	command_error(context, "%s", line.data);
	strbuf_free(&line);
}

/* Tells what can't be asked for together. */
static bool check_options(const struct lint *lint, struct failure *failure)
{
	const struct command_context *context = lint->context;
	const struct lint_options *options = lint->options;

	if (!options->as)
		return true;
	if (!exports_files_has_place(options->as))
		return failure_set(failure,
				   "'%s' is neither /etc/exports nor a file of "
				   "/etc/exports.d that exportfs reads",
				   options->as);
	if (context->operand_count != 1)
		return failure_set(failure, "--as needs one file, or -");
	if (options->fix && !options->diff)
		return failure_set(failure, "--as does not go with --fix");
	return true;
}

static void write_baseline(struct lint *lint)
{
	const char *name = lint->options->write_baseline;
	struct strbuf text = { 0 };
	struct failure failure;

	if (!name)
		return;
	baseline_sort(&lint->found);
	baseline_print(&lint->found, &text);
	if (!file_write(lint->context->arena, name, strbuf_str(&text),
			&failure)) {
		command_error(lint->context, "%s", failure.text);
		lint->failed = true;
	}
	strbuf_free(&text);
}

static void print_findings(struct lint *lint)
{
	const struct command_context *context = lint->context;

	lint->report.target = lint->run.gather.rules.target;
	memcpy(lint->report.counts, lint->run.counts,
	       sizeof(lint->report.counts));
	lint->report.partial = lint->run.gather.interrupted;
	lint_renderers[lint->options->format](
		lint->repair.to_stdout ? context->err : context->out,
		&lint->report);
	if (lint->options->statistics)
		print_statistics(lint);
	print_summary(lint);
}

static int run_begun(struct lint *lint)
{
	lint_operands(lint);
	if (!lint->options->diff)
		print_findings(lint);
	write_baseline(lint);
	if (lint->failed || lint->repair.failed)
		return STATUS_FAILED;
	if (lint->options->diff)
		return lint->repair.differing ? STATUS_FINDINGS : STATUS_OK;
	return lint->run.failing ? STATUS_FINDINGS : STATUS_OK;
}

static int run_lint(const struct command_context *context)
{
	const struct lint_options *options = context->options;
	struct lint lint = {
		.context = context,
		.options = options,
		.run = { .notes_all = options->write_baseline != NULL },
		.report = { .arena = context->arena,
			    .explain = options->run.rules.explain,
			    .color = context->color },
		.repair = { .context = context,
			    .judge = &lint.run.judge,
			    .root = context->operand_count ? NULL
							   : &lint.run.root,
			    .level = options->fix ? options->fix : FIX_SAFE,
			    .least = (enum severity)options->run.min_severity,
			    .diff = options->diff },
	};
	struct failure failure;
	int status;

	if (!check_options(&lint, &failure))
		return command_usage_error(context, "%s", failure.text);
	if (!lint_run_begin(&lint.run, context, &options->run, NEEDS_FILES,
			    &status))
		return status;
	status = run_begun(&lint);
	lint_run_end(&lint.run);
	return status;
}

/* In the order of enum fix_level. */
static const char *const fix_levels[] = { "never", "safe", "unsafe", NULL };

#define OFFSET(field) .offset = offsetof(struct lint_options, field)

static const struct option_row options[] = {
	{ .name = "format",
	  .letter = 'f',
	  .kind = OPTION_CHOICE,
	  .choices = lint_format_names,
	  .initial = "text",
	  .help = "what to print",
	  OFFSET(format) },
	LINT_RUN_OPTION_ROWS(struct lint_options),
	{ .name = "only-lost",
	  .kind = OPTION_FLAG,
	  .help = "only findings through which exports are lost; exit status "
		  "1 if there are any",
	  OFFSET(run.rules.only_lost) },
	{ .name = "select",
	  .kind = OPTION_TEXT,
	  .repeatable = true,
	  .argument = "RULE,...",
	  .help = "only these rules",
	  OFFSET(run.rules.select) },
	{ .name = "ignore",
	  .kind = OPTION_TEXT,
	  .repeatable = true,
	  .argument = "RULE,...",
	  .help = "all rules but these",
	  OFFSET(run.rules.ignore) },
	{ .name = "severity",
	  .kind = OPTION_TEXT,
	  .repeatable = true,
	  .argument = "RULE=LEVEL",
	  .help = "give a rule another severity",
	  OFFSET(run.rules.severities) },
	{ .name = "as",
	  .kind = OPTION_PATH,
	  .argument = "PATH",
	  .help = "judge the file in the place of PATH, together with the "
		  "other files of the system",
	  OFFSET(as) },
	{ .name = "baseline",
	  .kind = OPTION_PATH,
	  .argument = "FILE",
	  .help = "report only what is not in this baseline",
	  OFFSET(run.baseline) },
	{ .name = "write-baseline",
	  .kind = OPTION_PATH,
	  .argument = "FILE",
	  .help = "note what is found as a baseline",
	  OFFSET(write_baseline) },
	{ .name = "no-suppress",
	  .kind = OPTION_FLAG,
	  .help = "let neither suppression comments nor waivers count",
	  OFFSET(run.no_suppress) },
	{ .name = "fix",
	  .kind = OPTION_CHOICE,
	  .choices = fix_levels,
	  .initial = "never",
	  .implied = "safe",
	  .help = "repair the files: safe changes nothing for the server, "
		  "unsafe also who gets what",
	  OFFSET(fix) },
	{ .name = "diff",
	  .kind = OPTION_FLAG,
	  .help = "only print what --fix would change, as a unified diff; exit "
		  "status 1 if it would",
	  OFFSET(diff) },
	{ .name = "explain",
	  .kind = OPTION_FLAG,
	  .help = "say why each finding matters, and which overlaps do no "
		  "harm",
	  OFFSET(run.rules.explain) },
	{ .name = "statistics",
	  .kind = OPTION_FLAG,
	  .help = "count the findings of each rule on stderr",
	  OFFSET(statistics) },
	{ 0 },
};

const struct command cmd_lint = {
	.name = "lint",
	.summary = "say what the server will really do with exports files",
	.operands = "[FILE|DIR|-]...",
	.operands_max = OPERANDS_ANY,
	.description =
		"Checks exports files: what is lost, who gets more than he "
		"should, and what does not do what it seems to say. All that "
		"is wrong is found in one run, although exportfs stops at the "
		"first error.\n"
		"\n"
		"Without operands these are /etc/exports and the files of "
		"/etc/exports.d, judged as one table. Each FILE is judged for "
		"itself, a DIR as an exports.d, - is standard input. "
		"`exportctl "
		"explain RULE` tells more about a rule.",
	.options = options,
	.options_size = sizeof(struct lint_options),
	.status = { [STATUS_OK] = "nothing at or above the threshold",
		    [STATUS_FINDINGS] = "findings at or above the threshold",
		    [STATUS_FAILED] = "a file could not be read, or wrong "
				      "usage" },
	.run = run_lint,
};
