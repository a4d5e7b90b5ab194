/* What the commands that ask servers have in common: the sweep, the output and
 * the exit status. */
#ifndef SERVER_COMMAND_H
#define SERVER_COMMAND_H

#include "command.h"
#include "server_options.h"

/* Asks the operands, or this host, and prints what they say. The context's
 * options are a struct server_options. Returns the exit status. */
int server_command_run(const struct command_context *context, enum ask_for ask);

#endif
