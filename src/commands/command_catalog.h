/* All commands, from the list that the build makes of the cmd_*.c files. */
#ifndef COMMAND_CATALOG_H
#define COMMAND_CATALOG_H

#include "command.h"

/* Sorted by name. */
extern const struct command *const command_catalog[];
extern const size_t command_count;

/* The command with that very name, or NULL with a failure that suggests the
 * one that may be meant. */
const struct command *command_find(const char *name, struct failure *failure);

#endif
