/* exportctl lint: what the server will do with exports files, and what of it
 * is hardly meant. */
#include "exports_command.h"
#include "lint_report.h"
#include "rule_catalog.h"
#include "rule_runner.h"

struct lint_options {
	int format; /* index into lint_format_names */
	int fail_on, min_severity;
	bool only_lost, resolve, explain, statistics;
	struct option_list select, ignore, severities;
};

/* What the options make of a rule. */
struct rule_choice {
	bool on;
	bool changed; /* the severity is the user's */
	enum severity severity;
};

/* One run of the command. */
struct lint {
	const struct command_context *context;
	const struct lint_options *options;
	struct root root;
	struct table_gather gather;
	struct lint_report report;
	struct rule_choice *choices; /* for each rule of the catalogue */
	size_t *found;		     /* findings of each rule */
	bool failing;		     /* a finding reaches the threshold */
	bool unreadable;
};

static bool find_rule(const struct lint *lint, const char *slug, size_t *index,
		      struct failure *failure)
{
	const struct rule *rule = rule_find(slug);
	const char *nearest;

	for (*index = 0; rule && *index < rule_count; ++*index)
		if (rule_catalog[*index] == rule)
			return true;
	nearest = rule_nearest(lint->context->arena, slug);
	return failure_set(failure, "unknown rule '%s'%s%s%s", slug,
			   nearest ? "; did you mean '" : "",
			   nearest ? nearest : "", nearest ? "'?" : "");
}

/* Sets the choice of every rule in a list of comma-separated names. */
static bool choose(struct lint *lint, const struct option_list *list, bool on,
		   struct failure *failure)
{
	for (size_t i = 0; i < list->list.count; i++) {
		struct str rest = str_of(list->list.items[i]), name;
		size_t index;

		while (rest.length) {
			name = (struct str){ rest.data, str_find(rest, ',') };
			if (!find_rule(lint,
				       arena_copy(lint->context->arena,
						  name.data, name.length),
				       &index, failure))
				return false;
			lint->choices[index].on = on;
			rest = str_skip(rest, name.length);
			if (rest.length)
				rest = str_skip(rest, 1);
		}
	}
	return true;
}

static bool parse_severity(const char *text, enum severity *severity)
{
	for (int i = 0; i < SEVERITIES; i++)
		if (strcmp(text, severity_names[i]) == 0) {
			*severity = (enum severity)i;
			return true;
		}
	return false;
}

/* RULE=LEVEL of --severity. */
static bool change_severity(struct lint *lint, const char *text,
			    struct failure *failure)
{
	size_t equals = str_find(str_of(text), '=');
	const char *slug = arena_copy(lint->context->arena, text, equals);
	struct rule_choice *choice;
	size_t index;

	if (!find_rule(lint, slug, &index, failure))
		return false;
	choice = &lint->choices[index];
	choice->changed = true;
	if (text[equals] &&
	    parse_severity(text + equals + 1, &choice->severity))
		return true;
	return failure_set(failure,
			   "'%s' is not RULE=LEVEL; levels are info, low, "
			   "medium, high and critical",
			   text);
}

static bool choose_rules(struct lint *lint, struct failure *failure)
{
	const struct lint_options *options = lint->options;

	lint->choices = arena_alloc_array(lint->context->arena, rule_count,
					  sizeof(*lint->choices));
	lint->found = arena_alloc_array(lint->context->arena, rule_count,
					sizeof(*lint->found));
	for (size_t i = 0; i < rule_count; i++)
		lint->choices[i].on = !options->select.list.count;
	if (!choose(lint, &options->select, true, failure) ||
	    !choose(lint, &options->ignore, false, failure))
		return false;
	for (size_t i = 0; i < rule_count; i++)
		lint->choices[i].on &=
			(!options->only_lost || rule_loses(rule_catalog[i])) &&
			(options->resolve ||
			 !(rule_catalog[i]->needs & NEEDS_NAMES));
	for (size_t i = 0; i < options->severities.list.count; i++)
		if (!change_severity(lint, options->severities.list.items[i],
				     failure))
			return false;
	return true;
}

/* Judges the threshold, then keeps what is to be shown. */
static void sift(struct lint *lint, struct lint_unit *unit,
		 const struct finding_list *all, size_t rule)
{
	const struct rule_choice *choice = &lint->choices[rule];

	for (size_t i = 0; i < all->list.count; i++) {
		struct finding finding = all->list.items[i];

		if (choice->changed)
			finding.severity = choice->severity;
		lint->failing |=
			lint->options->only_lost ||
			(int)finding.severity >= lint->options->fail_on;
		if ((int)finding.severity < lint->options->min_severity)
			continue;
		lint->found[rule]++;
		lint->report.counts[finding.severity]++;
		*ARRAY_ADD(lint->context->arena, &unit->findings.list) =
			finding;
	}
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
	for (size_t i = 0; i < rule_count; i++) {
		struct finding_list findings = { 0 };

		if (!lint->choices[i].on)
			continue;
		rule_run(arena, &unit->table, rule_catalog[i], &findings);
		sift(lint, unit, &findings, i);
	}
	rule_sort(&unit->findings);
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

static void print_statistics(const struct lint *lint)
{
	for (size_t i = 0; i < rule_count; i++)
		if (lint->found[i])
			command_error(lint->context, "%s: %zu",
				      rule_catalog[i]->slug, lint->found[i]);
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
	  OFFSET(only_lost) },
	{ .name = "select",
	  .kind = OPTION_TEXT,
	  .repeatable = true,
	  .argument = "RULE,...",
	  .help = "only these rules",
	  OFFSET(select) },
	{ .name = "ignore",
	  .kind = OPTION_TEXT,
	  .repeatable = true,
	  .argument = "RULE,...",
	  .help = "all rules but these",
	  OFFSET(ignore) },
	{ .name = "severity",
	  .kind = OPTION_TEXT,
	  .repeatable = true,
	  .argument = "RULE=LEVEL",
	  .help = "give a rule another severity",
	  OFFSET(severities) },
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
