/* exportctl lint: what the server will do with exports files, and what of it
 * is hardly meant. */
#include "exports_command.h"
#include "finding_fingerprint.h"
#include "lint_choices.h"
#include "lint_report.h"
#include "local_facts.h"
#include "rule_catalog.h"
#include "rule_runner.h"

struct lint_options {
	int format; /* index into lint_format_names */
	int fail_on, min_severity;
	bool resolve, explain, statistics;
	struct rule_selection rules;
};

/* One run of the command. */
struct lint {
	const struct command_context *context;
	const struct lint_options *options;
	struct root root;
	struct table_gather gather;
	struct lint_report report;
	struct rule_choice *choices; /* for each rule of the catalogue */
	struct fingerprints fingerprints;
	bool failing; /* a finding reaches the threshold */
	bool unreadable;
};

/* Are the files those of a server, so that what lies below the root says what
 * becomes of them? A file from elsewhere is judged for its text alone. */
static bool is_in_place(const struct command_context *context)
{
	return !context->operand_count || context->globals.root;
}

static void run_rules(struct lint *lint, struct lint_unit *unit)
{
	struct arena *arena = lint->context->arena;

	for (size_t i = 0; i < rule_count; i++) {
		const struct rule_choice *choice = &lint->choices[i];
		size_t first = unit->findings.list.count;

		if (!choice->on)
			continue;
		rule_run(arena, &unit->table, unit->local, rule_catalog[i],
			 &unit->findings);
		for (; choice->changed && first < unit->findings.list.count;
		     first++)
			unit->findings.list.items[first].severity =
				choice->severity;
	}
	rule_sort(&unit->findings);
	fingerprints_assign(&lint->fingerprints, &unit->findings);
}

/* Judges the threshold, then keeps what is to be shown. */
static void sift(struct lint *lint, struct finding_list *findings)
{
	size_t kept = 0;

	for (size_t i = 0; i < findings->list.count; i++) {
		const struct finding *finding = &findings->list.items[i];

		lint->failing |=
			lint->options->rules.only_lost ||
			(int)finding->severity >= lint->options->fail_on;
		if ((int)finding->severity < lint->options->min_severity)
			continue;
		lint->report.counts[finding->severity]++;
		findings->list.items[kept++] = *finding;
	}
	findings->list.count = kept;
}

static void count_exports(struct lint *lint, const struct export_table *table)
{
	lint->report.written += table->entries.count;
	for (size_t i = 0; i < table->entries.count; i++)
		lint->report.loaded +=
			table->entries.items[i].state == EXPORT_LOADED;
}

static bool build_table(struct lint *lint, struct lint_unit *unit,
			struct failure *failure)
{
	struct export_table reread;

	table_gather_build(&lint->gather, &unit->documents, &unit->table);
	return !etab_reread_is_needed(&unit->table) ||
	       table_gather_reread(&lint->gather, &unit->table, &reread,
				   failure);
}

/* Judges the files as one table. */
static void lint_files(struct lint *lint, struct exports_files *files)
{
	struct arena *arena = lint->context->arena;
	struct lint_unit *unit = arena_alloc(arena, sizeof(*unit));
	struct failure failure;

	table_gather_parse(arena, files, &unit->documents);
	lint->unreadable |= !exports_command_report(lint->context, files);
	*ARRAY_ADD(arena, &lint->report.units) = unit;
	if (!build_table(lint, unit, &failure)) {
		command_error(lint->context, "%s", failure.text);
		lint->unreadable = true;
		return;
	}
	if (is_in_place(lint->context))
		unit->local =
			local_facts_gather(arena, &lint->root, &unit->table);
	run_rules(lint, unit);
	sift(lint, &unit->findings);
	count_exports(lint, &unit->table);
}

static void lint_operands(struct lint *lint)
{
	const struct command_context *context = lint->context;

	if (!context->operand_count) {
		struct exports_files files = { 0 };

		exports_files_read_system(context->arena, &lint->root, &files);
		lint_files(lint, &files);
	}
	for (int i = 0; i < context->operand_count; i++) {
		struct exports_files files = { 0 };

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
			count += findings->list.items[k].rule == rule;
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

static bool choose_rules(struct lint *lint, struct failure *failure)
{
	const struct command_context *context = lint->context;
	struct rule_selection selection = lint->options->rules;

	if (lint->options->resolve)
		selection.needs |= NEEDS_NAMES;
	if (is_in_place(context))
		selection.needs |= NEEDS_FILES;
	return lint_choices_make(context->arena, &selection, &lint->choices,
				 failure);
}

static int run_with_root(struct lint *lint)
{
	const struct command_context *context = lint->context;
	struct failure failure;

	if (!choose_rules(lint, &failure))
		return command_usage_error(context, "%s", failure.text);
	lint_operands(lint);
	lint->report.target = lint->gather.rules.target;
	lint->report.partial = lint->gather.interrupted;
	lint_renderers[lint->options->format](context->out, &lint->report);
	if (lint->options->statistics)
		print_statistics(lint);
	print_summary(lint);
	if (lint->unreadable)
		return STATUS_FAILED;
	return lint->failing ? STATUS_FINDINGS : STATUS_OK;
}

static int run_lint(const struct command_context *context)
{
	const struct lint_options *options = context->options;
	struct lint lint = {
		.context = context,
		.options = options,
		.report = { .arena = context->arena,
			    .explain = options->explain,
			    .color = context->color },
		.fingerprints = { .arena = context->arena },
	};
	int status;

	if (!exports_command_begin(context, options->resolve, &lint.root,
				   &lint.gather, &status))
		return status;
	status = run_with_root(&lint);
	root_close(&lint.root);
	return status;
}

/* As severity_names, and one that no finding has. */
static const char *const thresholds[] = { "info",     "low",   "medium", "high",
					  "critical", "never", NULL };

#define OFFSET(field) .offset = offsetof(struct lint_options, field)

static const struct option_row options[] = {
	{ .name = "format",
	  .letter = 'f',
	  .kind = OPTION_CHOICE,
	  .choices = lint_format_names,
	  .initial = "text",
	  .help = "what to print",
	  OFFSET(format) },
	{ .name = "fail-on",
	  .kind = OPTION_CHOICE,
	  .choices = thresholds,
	  .initial = "medium",
	  .help = "the lowest severity that makes the exit status 1",
	  OFFSET(fail_on) },
	{ .name = "min-severity",
	  .kind = OPTION_CHOICE,
	  .choices = severity_names,
	  .initial = "low",
	  .help = "hide what is lower",
	  OFFSET(min_severity) },
	{ .name = "only-lost",
	  .kind = OPTION_FLAG,
	  .help = "only findings through which exports are lost; exit status "
		  "1 if there are any",
	  OFFSET(rules.only_lost) },
	{ .name = "select",
	  .kind = OPTION_TEXT,
	  .repeatable = true,
	  .argument = "RULE,...",
	  .help = "only these rules",
	  OFFSET(rules.select) },
	{ .name = "ignore",
	  .kind = OPTION_TEXT,
	  .repeatable = true,
	  .argument = "RULE,...",
	  .help = "all rules but these",
	  OFFSET(rules.ignore) },
	{ .name = "severity",
	  .kind = OPTION_TEXT,
	  .repeatable = true,
	  .argument = "RULE=LEVEL",
	  .help = "give a rule another severity",
	  OFFSET(rules.severities) },
	{ .name = "resolve",
	  .kind = OPTION_FLAG,
	  .help = "ask the name services for host names, as exportfs does",
	  OFFSET(resolve) },
	{ .name = "explain",
	  .kind = OPTION_FLAG,
	  .help = "say why each finding matters",
	  OFFSET(explain) },
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
