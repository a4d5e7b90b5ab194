#include "exports_command.h"

#include "server_version.h"

/* A resolver gives up on one dead server after ten seconds. */
enum { RESOLVE_DEADLINE_MS = 15000 };

bool exports_command_begin(const struct command_context *context, bool resolve,
			   struct root *root, struct table_gather *gather,
			   int *status)
{
	struct failure failure;

	*gather = (struct table_gather){
		.arena = context->arena,
		.root = root,
		.resolve = resolve,
		.deadline_ms = RESOLVE_DEADLINE_MS,
	};
	if (!root_open(context->globals.root, root, &failure)) {
		command_error(context, "%s", failure.text);
		*status = STATUS_FAILED;
		return false;
	}
	gather->rules.flavor_mask = server_version_flavor_mask(root);
	server_version_detect(root, &gather->rules.target);
	if (!context->globals.target ||
	    target_parse(context->globals.target, &gather->rules.target,
			 &failure))
		return true;
	root_close(root);
	*status = command_usage_error(context, "%s", failure.text);
	return false;
}

bool exports_command_report(const struct command_context *context,
			    const struct exports_files *files)
{
	for (size_t i = 0; i < files->failures.count; i++)
		command_error(context, "%s", files->failures.items[i]);
	for (size_t i = 0; i < files->notes.count && !context->globals.quiet;
	     i++)
		command_error(context, "%s", files->notes.items[i]);
	if (files->main_missing && context->err_is_terminal &&
	    !context->globals.quiet)
		command_error(context, "there is no /etc/exports; it counts as "
				       "an empty one");
	return !files->failures.count;
}

void exports_command_note_hidden(const struct command_context *context,
				 const struct export_table *table)
{
	const char *hidden = table_gather_hidden(context->arena, table);

	if (hidden && !context->globals.quiet)
		command_error(context,
			      "%s can't be looked at; what is there counts for "
			      "nothing here",
			      hidden);
}
