/* Files that the command line names. */
#ifndef COMMAND_INPUT_H
#define COMMAND_INPUT_H

#include "command.h"
#include "diag.h"
#include "source.h"

/* Reads the file that source->name names, "-" is standard input, into
 * source->text, in the arena of the context. False, and told, if it can't be
 * read. */
bool command_input_read(const struct command_context *context,
			struct source *source)
	__attribute__((warn_unused_result));

/* Tells what is wrong with a source, each with line and column. */
void command_input_complain(const struct command_context *context,
			    struct source *source,
			    const struct diag_list *diags);

#endif
