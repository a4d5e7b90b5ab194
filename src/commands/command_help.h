/* Help texts, made of the commands' own data. */
#ifndef COMMAND_HELP_H
#define COMMAND_HELP_H

#include "command.h"

/* "Usage: exportctl show [OPTION]... [FILE|DIR|-]..." as a line; command NULL
 * is exportctl itself. */
void command_help_usage(FILE *out, const struct command *command);

/* One command in full. */
void command_help_command(FILE *out, bool color, const struct command *command);

/* The list of commands and the global options. */
void command_help_overview(FILE *out, bool color);

#endif
