/* exportctl explain: one rule of lint in full. */
#include "command.h"
#include "rule_catalog.h"
#include "rule_report.h"

struct explain_options {
	int format; /* index into rule_format_names */
};

static int run_explain(const struct command_context *context)
{
	const struct explain_options *options = context->options;
	const char *slug = context->operands[0];
	const struct rule *rule = rule_find(slug);
	const char *nearest;

	if (!rule) {
		nearest = rule_nearest(context->arena, slug);
		return command_usage_error(
			context, "unknown rule '%s'%s%s%s", slug,
			nearest ? "; did you mean '" : "",
			nearest ? nearest : "", nearest ? "'?" : "");
	}
	rule_renderers[options->format](context->out, &rule, 1, true);
	return STATUS_OK;
}

static const struct option_row options[] = {
	{
		.name = "format",
		.letter = 'f',
		.kind = OPTION_CHOICE,
		.choices = rule_format_names,
		.initial = "text",
		.help = "what to print",
		.offset = offsetof(struct explain_options, format),
	},
	{ 0 },
};

const struct command cmd_explain = {
	.name = "explain",
	.summary = "explain a rule of lint",
	.operands = "RULE",
	.operands_min = 1,
	.operands_max = 1,
	.description = "Tells what RULE finds, why it matters, what to do, "
		       "with a bad and a good example.",
	.options = options,
	.options_size = sizeof(struct explain_options),
	.status = { [STATUS_OK] = "the rule was printed",
		    [STATUS_FAILED] = "there is no such rule, or wrong usage" },
	.run = run_explain,
};
