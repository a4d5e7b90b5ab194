/* From the words of the command line to a command that has run. */
#ifndef COMMAND_LINE_H
#define COMMAND_LINE_H

#include "command.h"

/* Finds the command that argv names and runs it; argv[0] may be the name of one
 * that reads its words itself. context holds what main fills. Returns the exit status. argv may be sorted anew. */
int command_line_run(struct command_context *context, int argc, char **argv);

/* Runs command with argv[1] to argv[argc - 1] as its options and operands.
 * context holds an arena and the global options that came before. */
int command_line_invoke(struct command_context *context,
			const struct command *command, int argc, char **argv);

#endif
