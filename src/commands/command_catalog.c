#include "command_catalog.h"

#include "edit_distance.h"

#define COMMAND(name) extern const struct command cmd_##name;
#include "command_list.h"
#undef COMMAND

const struct command *const command_catalog[] = {
#define COMMAND(name) &cmd_##name,
#include "command_list.h"
#undef COMMAND
};

enum { COMMANDS = sizeof(command_catalog) / sizeof(*command_catalog) };

const size_t command_count = COMMANDS;

const struct command *command_find(const char *name, struct failure *failure)
{
	const char *names[COMMANDS];
	struct str word = str_of(name);
	const char *near;

	for (size_t i = 0; i < COMMANDS; i++) {
		names[i] = command_catalog[i]->name;
		if (str_is(word, names[i]))
			return command_catalog[i];
	}
	near = edit_distance_nearest(word, names, COMMANDS,
				     edit_distance_tolerance(word));
	if (near)
		failure_set(failure, "unknown command '%s'; did you mean '%s'?",
			    name, near);
	else
		failure_set(failure, "unknown command '%.100s'", name);
	return NULL;
}
