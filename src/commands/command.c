#include "command.h"

#include <stdarg.h>

#include "text_escape.h"

static const char *const color_choices[] = { "auto", "always", "never", NULL };

const struct option_row command_global_options[] = {
	{
		.name = "root",
		.kind = OPTION_PATH,
		.argument = "DIR",
		.help = "read the system's files below DIR",
		.offset = offsetof(struct command_globals, root),
	},
	{
		.name = "target",
		.kind = OPTION_TEXT,
		.argument = "VERSIONS",
		.help = "judge for a server with these versions, like "
			"nfs-utils=2.6.2,kernel=6.1",
		.offset = offsetof(struct command_globals, target),
	},
	{
		.name = "color",
		.kind = OPTION_CHOICE,
		.choices = color_choices,
		.help = "when to colour the output",
		.initial = "auto",
		.offset = offsetof(struct command_globals, color),
	},
	{
		.name = "quiet",
		.letter = 'q',
		.kind = OPTION_FLAG,
		.help = "no summaries, no progress",
		.offset = offsetof(struct command_globals, quiet),
	},
	{
		.name = "verbose",
		.letter = 'v',
		.kind = OPTION_FLAG,
		.help = "tell on stderr what is done",
		.offset = offsetof(struct command_globals, verbose),
	},
	{
		.name = "help",
		.letter = 'h',
		.kind = OPTION_FLAG,
		.help = "print this help",
		.offset = offsetof(struct command_globals, help),
	},
	{
		.name = "version",
		.kind = OPTION_FLAG,
		.help = "print the version",
		.offset = offsetof(struct command_globals, version),
	},
	{ 0 },
};

static void print_message(const struct command_context *context,
			  const char *prefix, const char *format,
			  va_list arguments)
{
	char *text = NULL;
	int length = vasprintf(&text, format, arguments);

	if (length < 0)
		arena_exhausted();
	fprintf(context->err, "exportctl: %s%s", prefix, *prefix ? ": " : "");
	text_escape_write(context->err, (struct str){ text, (size_t)length });
	fputc('\n', context->err);
	free(text);
}

void command_error(const struct command_context *context, const char *format,
		   ...)
{
	va_list arguments;

	va_start(arguments, format);
	print_message(context, "", format, arguments);
	va_end(arguments);
}

int command_usage_error(const struct command_context *context,
			const char *format, ...)
{
	const char *name = context->command ? context->command->name : "";
	va_list arguments;

	va_start(arguments, format);
	print_message(context, name, format, arguments);
	va_end(arguments);
	fprintf(context->err, "Try 'exportctl help%s%s'.\n", *name ? " " : "",
		name);
	return STATUS_FAILED;
}

bool command_wants_color(enum color_when when, bool terminal)
{
	const char *no_color = getenv("NO_COLOR");
	const char *type = getenv("TERM");

	if (when != COLOR_AUTO)
		return when == COLOR_ALWAYS;
	return terminal && !(no_color && *no_color) && type &&
	       strcmp(type, "dumb") != 0;
}
