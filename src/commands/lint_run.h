/* What lint and audit have in common: the choice of rules, the configuration,
 * and which findings of a table count. */
#ifndef LINT_RUN_H
#define LINT_RUN_H

#include "baseline_file.h"
#include "command.h"
#include "finding_fingerprint.h"
#include "lint_judge.h"
#include "rule.h"

/* The options that choose; a command's struct begins with them. */
struct lint_run_options {
	int fail_on, min_severity;
	bool fail_on_given, profile_given;
	int profile; /* index into rule_profiles */
	const char *config, *baseline;
	bool no_suppress, resolve;
	struct rule_selection rules;
};

/* The names for --fail-on, in the order of severities and one that no finding
 * has, and for --profile; both end with NULL. */
extern const char *const lint_run_thresholds[], *const lint_run_profiles[];

/* The rows of those that lint and audit both have, in the table of a command
 * whose struct has a field run. */
#define LINT_RUN_OPTION_ROWS(type)                                             \
	{ .name = "fail-on",                                                   \
	  .kind = OPTION_CHOICE,                                               \
	  .choices = lint_run_thresholds,                                      \
	  .initial = "medium",                                                 \
	  .help = "the lowest severity that makes the exit status 1",          \
	  .given = offsetof(type, run.fail_on_given),                          \
	  .offset = offsetof(type, run.fail_on) },                             \
		{ .name = "min-severity",                                      \
		  .kind = OPTION_CHOICE,                                       \
		  .choices = severity_names,                                   \
		  .initial = "low",                                            \
		  .help = "hide what is lower",                                \
		  .offset = offsetof(type, run.min_severity) },                \
		{ .name = "profile",                                           \
		  .kind = OPTION_CHOICE,                                       \
		  .choices = lint_run_profiles,                                \
		  .initial = "default",                                        \
		  .help = "severities for a kind of site",                     \
		  .given = offsetof(type, run.profile_given),                  \
		  .offset = offsetof(type, run.profile) },                     \
		{ .name = "config",                                            \
		  .kind = OPTION_PATH,                                         \
		  .argument = "FILE",                                          \
		  .help = "read this instead of /etc/exportctl.conf",          \
		  .offset = offsetof(type, run.config) },                      \
	{                                                                      \
		.name = "resolve", .kind = OPTION_FLAG,                        \
		.help = "ask the name services for host names, as exportfs "   \
			"does",                                                \
		.offset = offsetof(type, run.resolve)                          \
	}

struct lint_run {
	const struct command_context *context;
	const struct lint_run_options *options;
	struct root root;
	struct table_gather gather;
	struct lint_settings settings;
	struct lint_judge judge;
	int fail_on;	/* a severity, or SEVERITIES: never */
	bool notes_all; /* findings below the threshold are of interest */
	struct baseline known; /* findings that were there before */
	struct fingerprints fingerprints;
	size_t counts[SEVERITIES]; /* of the findings that are shown */
	bool failing;		   /* a finding reaches the threshold */
};

/* Opens the root and reads the configuration; rules that need more than needs
 * (enum rule_need) do not run. False when that is wrong usage or can't be done,
 * which is told; *status is then what to end with, and nothing is open. */
bool lint_run_begin(struct lint_run *run, const struct command_context *context,
		    const struct lint_run_options *options, unsigned needs,
		    int *status) __attribute__((warn_unused_result));

void lint_run_end(struct lint_run *run);

/* Judges the threshold, then keeps what is to be shown. */
void lint_run_sift(struct lint_run *run, struct finding_list *findings);

#endif
