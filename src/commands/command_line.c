#include "command_line.h"

#include "command_catalog.h"
#include "command_help.h"
#include "target.h"

static struct option_set global_set(struct command_context *context)
{
	return (struct option_set){ command_global_options, &context->globals };
}

/* What --help and --version ask for, about a command or all of exportctl.
 * False if nothing was asked. */
static bool answer_globals(const struct command_context *context)
{
	if (context->globals.version)
		fputs("exportctl " EXPORTCTL_VERSION "\n", context->out);
	else if (context->globals.help && context->command)
		command_help_command(context->out, context->color,
				     context->command);
	else if (context->globals.help)
		command_help_overview(context->out, context->color);
	return context->globals.version || context->globals.help;
}

static void decide_color(struct command_context *context)
{
	context->color = command_wants_color(context->globals.color,
					     context->out_is_terminal);
}

/* So that no command has to complain of --target. */
static bool check_target(const struct command_context *context,
			 struct failure *failure)
{
	struct target unused = { 0 };

	return !context->globals.target ||
	       target_parse(context->globals.target, &unused, failure);
}

/* Fills the command's options, the global ones and the operands. */
static bool read_options(struct command_context *context, int argc, char **argv,
			 struct failure *failure)
{
	const struct command *command = context->command;
	struct option_set sets[] = {
		{ command->options,
		  arena_alloc(context->arena, command->options_size) },
		global_set(context),
	};
	int first;

	if (!option_defaults(context->arena, sets[0], failure) ||
	    !option_parse(context->arena, sets, 2, OPTIONS_MIXED, argc, argv,
			  &first, failure))
		return false;
	context->options = sets[0].values;
	context->operands = argv + first;
	context->operand_count = argc - first;
	return true;
}

static bool check_operands(const struct command_context *context,
			   struct failure *failure)
{
	const struct command *command = context->command;
	int count = context->operand_count;

	if (count < command->operands_min)
		return failure_set(failure, "an operand is missing: %s",
				   command->operands);
	if (command->operands_max != OPERANDS_ANY &&
	    count > command->operands_max)
		return failure_set(failure, "one operand too many: '%.100s'",
				   context->operands[command->operands_max]);
	return true;
}

int command_line_invoke(struct command_context *context,
			const struct command *command, int argc, char **argv)
{
	struct failure failure;

	context->command = command;
	if (command->run_words)
		return command->run_words(context, argc, argv);
	if (!read_options(context, argc, argv, &failure))
		return command_usage_error(context, "%s", failure.text);
	decide_color(context);
	if (answer_globals(context))
		return STATUS_OK;
	if (!check_target(context, &failure) ||
	    !check_operands(context, &failure))
		return command_usage_error(context, "%s", failure.text);
	return command->run(context);
}

static int complain_no_command(const struct command_context *context)
{
	command_error(context, "no command");
	command_help_usage(context->err, NULL);
	fputs("Try 'exportctl help'.\n", context->err);
	return STATUS_FAILED;
}

static int run_in_arena(struct command_context *context, int argc, char **argv)
{
	struct option_set globals = global_set(context);
	const struct command *command;
	struct failure failure;
	int first;

	if (!option_defaults(context->arena, globals, &failure) ||
	    !option_parse(context->arena, &globals, 1, OPTIONS_FIRST, argc,
			  argv, &first, &failure))
		return command_usage_error(context, "%s", failure.text);
	decide_color(context);
	if (answer_globals(context))
		return STATUS_OK;
	if (first == argc)
		return complain_no_command(context);
	command = command_find(argv[first], &failure);
	if (!command)
		return command_usage_error(context, "%s", failure.text);
	return command_line_invoke(context, command, argc - first,
				   argv + first);
}

/* The command that the program's own name stands for, or NULL. */
static const struct command *command_of_program(const char *program)
{
	const char *slash = strrchr(program, '/');
	const struct command *command =
		command_find(slash ? slash + 1 : program, NULL);

	return command && command->run_words ? command : NULL;
}

int command_line_run(struct command_context *context, int argc, char **argv)
{
	const struct command *command =
		argc ? command_of_program(argv[0]) : NULL;
	int status;

	context->arena = arena_new();
	status = command ? command_line_invoke(context, command, argc, argv)
			 : run_in_arena(context, argc, argv);
	arena_free(context->arena);
	context->arena = NULL;
	return status;
}
