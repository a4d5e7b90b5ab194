/* exportctl rules: the catalogue of lint's rules. */
#include "command.h"
#include "rule_catalog.h"
#include "rule_report.h"

struct rules_options {
	int format; /* index into rule_format_names */
};

static int run_rules(const struct command_context *context)
{
	const struct rules_options *options = context->options;

	rule_renderers[options->format](context->out, rule_catalog, rule_count,
					false);
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
		.offset = offsetof(struct rules_options, format),
	},
	{ 0 },
};

const struct command cmd_rules = {
	.name = "rules",
	.summary = "list the rules of lint",
	.description = "Lists every rule that lint has, with its severity and "
		       "what it finds.",
	.options = options,
	.options_size = sizeof(struct rules_options),
	.status = { [STATUS_OK] = "the rules were printed",
		    [STATUS_FAILED] = "wrong usage" },
	.run = run_rules,
};
