/* What the commands that read exports files have in common. */
#ifndef EXPORTS_COMMAND_H
#define EXPORTS_COMMAND_H

#include "command.h"
#include "table_gather.h"

/* Opens the root of --root and fills gather with what the command line and
 * the root's server say; gather->root is root. False with *status set and
 * the reason told. root_close() ends it. */
bool exports_command_begin(const struct command_context *context, bool resolve,
			   struct root *root, struct table_gather *gather,
			   int *status) __attribute__((warn_unused_result));

/* Tells which files could not be read and, unless --quiet, what else should be
 * known of them. False if one could not be read. */
bool exports_command_report(const struct command_context *context,
			    const struct exports_files *files);

/* Tells, unless --quiet, which paths of a table of this system can't be looked
 * at. */
void exports_command_note_hidden(const struct command_context *context,
				 const struct export_table *table);

#endif
