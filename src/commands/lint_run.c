#include "lint_run.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "exports_command.h"
#include "file_read.h"

const char *const lint_run_thresholds[] = { "info", "low",	"medium",
					    "high", "critical", "never",
					    NULL };

const char *const lint_run_profiles[] = { "default", "strict", "stig",
					  "homelab", "hpc",    NULL };

static bool choose_rules(struct lint_run *run, unsigned needs,
			 struct failure *failure)
{
	struct arena *arena = run->context->arena;
	struct rule_selection selection = run->options->rules;
	struct option_list severities = { 0 };

	selection.needs = needs;
	if (run->options->resolve)
		selection.needs |= NEEDS_NAMES;
	for (size_t i = 0; i < run->settings.severities.list.count; i++)
		*ARRAY_ADD(arena, &severities.list) =
			run->settings.severities.list.items[i];
	for (size_t i = 0; i < selection.severities.list.count; i++)
		*ARRAY_ADD(arena, &severities.list) =
			selection.severities.list.items[i];
	selection.severities = severities;
	return lint_choices_make(arena, &selection, &run->judge.choices,
				 failure);
}

static bool read_baseline(struct lint_run *run, struct failure *failure)
{
	struct arena *arena = run->context->arena;
	const char *name = run->options->baseline;
	struct str text;
	bool ok;
	int fd;

	if (!name)
		return true;
	fd = open(name, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return file_failure(failure, name, errno);
	ok = file_read(arena, fd, name, SOURCE_MAX_BYTES, &text, NULL,
		       failure) &&
	     baseline_parse(arena, name, text, &run->known, failure);
	close(fd);
	return ok;
}

/* Below it nothing is shown, counted or noted. */
static enum severity least_severity(const struct lint_run *run)
{
	const struct lint_run_options *options = run->options;

	if (run->notes_all || options->rules.only_lost)
		return SEVERITY_INFO;
	if (run->fail_on < options->min_severity)
		return (enum severity)run->fail_on;
	return (enum severity)options->min_severity;
}

/* The configuration holds where the command line says nothing. */
static bool settle(struct lint_run *run, struct failure *failure)
{
	const struct lint_run_options *options = run->options;
	const struct lint_settings *settings = &run->settings;

	run->fail_on = !options->fail_on_given && settings->fail_on >= 0
			       ? settings->fail_on
			       : options->fail_on;
	run->judge.settings = settings;
	run->judge.no_suppress = options->no_suppress;
	run->judge.least = least_severity(run);
	run->judge.profile = options->profile_given
				     ? &rule_profiles[options->profile]
				     : settings->profile;
	if (settings->target && !run->context->globals.target &&
	    !target_parse(settings->target, &run->gather.rules.target, failure))
		return false;
	return read_baseline(run, failure);
}

static bool configure(struct lint_run *run, unsigned needs, int *status)
{
	const struct command_context *context = run->context;
	struct failure failure;

	*status = STATUS_FAILED;
	if (!lint_settings_read(context, &run->root, run->options->config,
				&run->settings))
		return false;
	if (!choose_rules(run, needs, &failure)) {
		*status = command_usage_error(context, "%s", failure.text);
		return false;
	}
	if (settle(run, &failure))
		return true;
	command_error(context, "%s", failure.text);
	return false;
}

bool lint_run_begin(struct lint_run *run, const struct command_context *context,
		    const struct lint_run_options *options, unsigned needs,
		    int *status)
{
	run->context = context;
	run->options = options;
	run->fingerprints.arena = context->arena;
	run->judge.gather = &run->gather;
	if (!exports_command_begin(context, options->resolve, &run->root,
				   &run->gather, status))
		return false;
	if (configure(run, needs, status))
		return true;
	root_close(&run->root);
	return false;
}

void lint_run_end(struct lint_run *run)
{
	root_close(&run->root);
}

static const struct finding_suppression in_baseline = { .by = "baseline" };

static void judge_finding(struct lint_run *run, struct finding *finding)
{
	if (!finding->suppressed &&
	    baseline_has(&run->known, finding->fingerprint))
		finding->suppressed = &in_baseline;
	if (!finding->suppressed)
		run->failing |= run->options->rules.only_lost ||
				(int)finding->severity >= run->fail_on;
}

void lint_run_sift(struct lint_run *run, struct finding_list *findings)
{
	size_t kept = 0;

	for (size_t i = 0; i < findings->list.count; i++) {
		struct finding *finding = &findings->list.items[i];

		judge_finding(run, finding);
		if ((int)finding->severity < run->options->min_severity &&
		    !finding->rule->explains)
			continue;
		if (!finding->suppressed)
			run->counts[finding->severity]++;
		findings->list.items[kept++] = *finding;
	}
	findings->list.count = kept;
}
