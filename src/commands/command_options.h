/* Options of commands as data.
 *
 * A row says how an option is spelled, what it takes and which field of the
 * command's struct it fills. Parsing, messages about mistakes and --help all
 * come from the rows.
 */
#ifndef COMMAND_OPTIONS_H
#define COMMAND_OPTIONS_H

#include <stdint.h>

#include "arena.h"
#include "array.h"
#include "failure.h"

enum option_kind {
	OPTION_FLAG,   /* fills a bool, takes no argument */
	OPTION_TEXT,   /* fills a const char *; any text, also an empty one */
	OPTION_PATH,   /* fills a const char *; the name of a file, not empty */
	OPTION_CHOICE, /* fills an int or enum with an index into choices */
	OPTION_NUMBER, /* fills an int64_t from minimum to maximum, decimal */
};

/* The field of a repeatable option: its arguments in their order. */
struct option_list {
	ARRAY(const char *) list;
};

struct option_row {
	const char *name; /* without its dashes; NULL ends a table */
	char letter;	  /* the short option, or 0 */
	enum option_kind kind;
	bool repeatable;      /* a text or path: fills a struct option_list */
	const char *argument; /* as help names it; choices name themselves */
	const char *help;     /* lower case, no full stop */
	const char *const *choices; /* ends with NULL */
	int64_t minimum, maximum;
	const char *initial; /* the argument it has from the start, or NULL for
				a zeroed field */
	const char *implied; /* the argument it has when only the name is
				given; NULL if the name is not enough. Then
				an argument can only follow a '='. */
	size_t offset;	     /* of the field in the struct */
	size_t given;	     /* of a bool that is set when the user gives the
				option; 0: none */
};

/* A table of rows and the struct whose fields they fill. */
struct option_set {
	const struct option_row *rows; /* NULL: no options */
	void *values;
};

enum option_order {
	OPTIONS_FIRST, /* the first operand ends the options */
	OPTIONS_MIXED, /* options and operands in any order, argv is sorted;
			  with POSIXLY_CORRECT as OPTIONS_FIRST */
};

/* Fills the fields of every row that has an initial argument. */
bool option_defaults(struct arena *arena, struct option_set set,
		     struct failure *failure)
	__attribute__((warn_unused_result));

/* Reads the options in argv[1] to argv[argc - 1] with getopt_long(3): "--"
 * ends them, a beginning of a long name that fits one option only will do.
 * *operands becomes the index in argv of the first operand. Texts stay in
 * argv. False with what the user should know, without program or command. */
bool option_parse(struct arena *arena, const struct option_set *sets,
		  size_t set_count, enum option_order order, int argc,
		  char **argv, int *operands, struct failure *failure)
	__attribute__((warn_unused_result));

/* True if the option takes an argument, perhaps an optional one. */
bool option_has_argument(const struct option_row *row);

#endif
