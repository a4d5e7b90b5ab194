/* What a command of exportctl is, and what it is given when it runs.
 *
 * A command is one file, cmd_<name>.c, that defines
 *
 *     const struct command cmd_<name> = { .name = "<name>", ... };
 *
 * The build finds it by its file name. Its operands, options and their checks,
 * help text and exit status are data; run() does the work.
 */
#ifndef COMMAND_H
#define COMMAND_H

#include <stdio.h>

#include "arena.h"
#include "command_options.h"

/* Exit statuses. A larger one beats a smaller one. */
enum {
	STATUS_OK = 0,
	STATUS_FINDINGS = 1, /* something is not as it should be */
	STATUS_FAILED = 2,   /* wrong usage, or the job could not be done */
};

enum color_when { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER };

/* The options that every command has. */
struct command_globals {
	const char *root;   /* DIR of --root, or NULL */
	const char *target; /* text of --target, which
			       target_parse() accepts, or NULL */
	enum color_when color;
	bool quiet;
	bool verbose;
	bool help, version;
};

/* Fills a struct command_globals; ends with a NULL name. */
extern const struct option_row command_global_options[];

struct command_context {
	/* filled by main */
	FILE *out, *err;      /* results; own messages and progress */
	const int *out_error; /* of writing to out: an errno, or 0 */
	bool out_is_terminal, err_is_terminal;

	/* filled from the command line */
	struct arena *arena; /* lives as long as the command runs */
	const struct command *command;
	struct command_globals globals;
	bool color;	     /* whether out may be coloured */
	const void *options; /* the command's own struct */
	int operand_count;
	char **operands;
};

enum { OPERANDS_ANY = -1 };

struct command {
	const char *name;
	const char *summary;  /* one line, lower case, no full stop */
	const char *operands; /* as the synopsis shows them, or NULL */
	int operands_min;
	int operands_max;	 /* or OPERANDS_ANY */
	const char *description; /* paragraphs, with an empty line between */
	const struct option_row *options; /* NULL: none of its own */
	size_t options_size;		  /* of the struct that they fill */
	const char *status[3];		  /* what each exit status means, NULL
					     if it does not occur */

	/* Returns an exit status. Results go to context->out, whose errors
	 * main sees to. */
	int (*run)(const struct command_context *context);

	/* Instead of run, for a command that reads its words itself: argv[0]
	 * is its name. Its options are for the help only, and it does not take
	 * the global ones. */
	int (*run_words)(const struct command_context *context, int argc,
			 char **argv);
};

/* Prints "exportctl: " and the formatted text, escaped, as a line to err. */
void command_error(const struct command_context *context, const char *format,
		   ...) __attribute__((format(printf, 2, 3)));

/* For wrong usage: the same with the command's name and a line that names the
 * help. Returns STATUS_FAILED. */
int command_usage_error(const struct command_context *context,
			const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* Whether to colour: as --color says; when left open, only a terminal that can
 * do more than print, and only if NO_COLOR is unset or empty. */
bool command_wants_color(enum color_when when, bool terminal);

#endif
