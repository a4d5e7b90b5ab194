/* exportctl help: explains exportctl, or one of its commands. */
#include "command_catalog.h"
#include "command_help.h"

/* As if the word had been given to exportctl itself. */
static int complain(const struct command_context *context,
		    const struct failure *failure)
{
	struct command_context general = *context;

	general.command = NULL;
	return command_usage_error(&general, "%s", failure->text);
}

static int run_help(const struct command_context *context)
{
	const struct command *command;
	struct failure failure;

	if (context->operand_count == 0) {
		command_help_overview(context->out, context->color);
		return STATUS_OK;
	}
	command = command_find(context->operands[0], &failure);
	if (!command)
		return complain(context, &failure);
	command_help_command(context->out, context->color, command);
	return STATUS_OK;
}

const struct command cmd_help = {
	.name = "help",
	.summary = "explain exportctl or one of its commands",
	.operands = "[COMMAND]",
	.operands_max = 1,
	.description = "Explains COMMAND: what it does, its options and its "
		       "exit status. Without COMMAND, lists all commands and "
		       "the options that they share.",
	.status = { [STATUS_OK] = "the help was printed",
		    [STATUS_FAILED] = "there is no such command" },
	.run = run_help,
};
