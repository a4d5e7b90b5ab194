#include "command_options.h"

#include <errno.h>
#include <getopt.h>
#include <inttypes.h>

#include "edit_distance.h"
#include "strbuf.h"

/* What getopt_long returns for the long option of row i: FIRST_LONG + i. */
enum { FIRST_LONG = 256 };

/* A row and the field that it fills. */
struct binding {
	const struct option_row *row;
	void *field;
	bool *given; /* or NULL */
};

struct parser {
	struct arena *arena;
	ARRAY(struct binding) bindings;
	struct option *long_options;
	char *short_options;
};

bool option_has_argument(const struct option_row *row)
{
	return row->kind != OPTION_FLAG;
}

static bool store_flag(struct arena *arena, struct binding to,
		       const char *argument, struct failure *failure)
{
	(void)arena, (void)argument, (void)failure;
	*(bool *)to.field = true;
	return true;
}

static bool store_text(struct arena *arena, struct binding to,
		       const char *argument, struct failure *failure)
{
	struct option_list *list = to.field;

	(void)failure;
	if (to.row->repeatable)
		*ARRAY_ADD(arena, &list->list) = argument;
	else
		*(const char **)to.field = argument;
	return true;
}

static bool store_path(struct arena *arena, struct binding to,
		       const char *argument, struct failure *failure)
{
	/* an unset variable in a script must not mean the running system */
	if (!*argument)
		return failure_set(failure, "option '--%s' has an empty name",
				   to.row->name);
	return store_text(arena, to, argument, failure);
}

static bool fail_choice(struct arena *arena, const struct option_row *row,
			size_t count, const char *argument,
			struct failure *failure)
{
	struct str word = str_of(argument);
	const char *near = edit_distance_nearest(word, row->choices, count,
						 edit_distance_tolerance(word));
	const char *list = "";

	if (near)
		return failure_set(failure,
				   "option '--%s' does not know '%.100s'; did "
				   "you mean '%s'?",
				   row->name, argument, near);
	for (size_t i = 0; i < count; i++)
		list = arena_printf(arena, "%s%s%s", list, i ? ", " : "",
				    row->choices[i]);
	return failure_set(failure,
			   "option '--%s' does not know '%.100s'; it takes one "
			   "of %s",
			   row->name, argument, list);
}

static bool store_choice(struct arena *arena, struct binding to,
			 const char *argument, struct failure *failure)
{
	int i = 0;

	for (; to.row->choices[i]; i++) {
		if (strcmp(to.row->choices[i], argument) == 0) {
			*(int *)to.field = i;
			return true;
		}
	}
	return fail_choice(arena, to.row, (size_t)i, argument, failure);
}

static bool store_number(struct arena *arena, struct binding to,
			 const char *argument, struct failure *failure)
{
	const char *digits = argument + (*argument == '-');
	char *end = NULL;
	int64_t value;

	(void)arena;
	errno = 0;
	value = strtoll(argument, &end, 10);
	if (*digits < '0' || *digits > '9' || *end || errno ||
	    value < to.row->minimum || value > to.row->maximum)
		return failure_set(failure,
				   "option '--%s' takes a number from %" PRId64
				   " to %" PRId64 ", not '%.100s'",
				   to.row->name, to.row->minimum,
				   to.row->maximum, argument);
	*(int64_t *)to.field = value;
	return true;
}

static bool (*const store_by_kind[])(struct arena *arena, struct binding to,
				     const char *argument,
				     struct failure *failure) = {
	[OPTION_FLAG] = store_flag,	[OPTION_TEXT] = store_text,
	[OPTION_PATH] = store_path,	[OPTION_CHOICE] = store_choice,
	[OPTION_NUMBER] = store_number,
};

static bool store(struct arena *arena, struct binding to, const char *argument,
		  struct failure *failure)
{
	return store_by_kind[to.row->kind](arena, to, argument, failure);
}

static struct binding bind_row(struct option_set set,
			       const struct option_row *row)
{
	char *values = set.values;

	return (struct binding){
		.row = row,
		.field = values + row->offset,
		.given = row->given ? (bool *)(values + row->given) : NULL,
	};
}

bool option_defaults(struct arena *arena, struct option_set set,
		     struct failure *failure)
{
	for (const struct option_row *row = set.rows; row && row->name; row++)
		if (row->initial &&
		    !store(arena, bind_row(set, row), row->initial, failure))
			return false;
	return true;
}

static int argument_need(const struct option_row *row)
{
	if (!option_has_argument(row))
		return no_argument;
	return row->implied ? optional_argument : required_argument;
}

/* What getopt_long wants to know of the bindings. */
static void describe(struct parser *parser, enum option_order order)
{
	static const char *const colons[] = {
		[no_argument] = "",
		[required_argument] = ":",
		[optional_argument] = "::",
	};
	size_t count = parser->bindings.count;
	struct strbuf letters = { 0 };

	parser->long_options = arena_alloc_array(parser->arena, count + 1,
						 sizeof(struct option));
	strbuf_add_text(&letters, order == OPTIONS_FIRST ? "+:" : ":");
	for (size_t i = 0; i < count; i++) {
		const struct option_row *row = parser->bindings.items[i].row;
		int need = argument_need(row);

		parser->long_options[i] =
			(struct option){ row->name, need, NULL,
					 FIRST_LONG + (int)i };
		if (row->letter)
			strbuf_printf(&letters, "%c%s", row->letter,
				      colons[need]);
	}
	parser->short_options =
		arena_copy(parser->arena, letters.data, letters.length);
	strbuf_free(&letters);
}

static const struct binding *binding_of(const struct parser *parser, int code)
{
	for (size_t i = 0; i < parser->bindings.count; i++) {
		const struct binding *binding = &parser->bindings.items[i];

		if (code == FIRST_LONG + (int)i ||
		    (code == binding->row->letter && code))
			return binding;
	}
	return NULL;
}

/* The long names that begin with word: "'--resolve', '--root'". */
static const char *beginning_with(const struct parser *parser, struct str word,
				  size_t *count)
{
	const char *list = "";

	*count = 0;
	for (size_t i = 0; i < parser->bindings.count; i++) {
		const char *name = parser->bindings.items[i].row->name;

		if (!str_starts(str_of(name), word))
			continue;
		list = arena_printf(parser->arena, "%s%s'--%s'", list,
				    *count ? ", " : "", name);
		++*count;
	}
	return list;
}

static bool fail_long(const struct parser *parser, const char *argument,
		      struct failure *failure)
{
	struct str word = str_of(argument + strlen("--"));
	size_t fitting, count = parser->bindings.count;
	const char **names =
		arena_alloc_array(parser->arena, count, sizeof(*names));
	const char *list, *near;

	word.length = str_find(word, '=');
	list = beginning_with(parser, word, &fitting);
	if (fitting > 1)
		return failure_set(failure, "option '--%.*s' is ambiguous: %s",
				   STR_ARG(word), list);
	for (size_t i = 0; i < count; i++)
		names[i] = parser->bindings.items[i].row->name;
	near = edit_distance_nearest(word, names, count,
				     edit_distance_tolerance(word));
	if (near)
		return failure_set(failure,
				   "unknown option '--%.*s'; did you mean "
				   "'--%s'?",
				   STR_ARG(word), near);
	if (word.length > 100)
		word.length = 100;
	return failure_set(failure, "unknown option '--%.*s'", STR_ARG(word));
}

/* getopt_long has returned '?'. */
static bool fail_unknown(const struct parser *parser, char **argv,
			 struct failure *failure)
{
	if (optopt == 0)
		return fail_long(parser, argv[optind - 1], failure);
	if (optopt >= FIRST_LONG)
		return failure_set(failure, "option '--%s' takes no argument",
				   binding_of(parser, optopt)->row->name);
	return failure_set(failure, "unknown option '-%c'", optopt);
}

static bool fail_missing(const struct parser *parser, struct failure *failure)
{
	const struct option_row *row = binding_of(parser, optopt)->row;

	if (optopt >= FIRST_LONG)
		return failure_set(failure, "option '--%s' needs an argument",
				   row->name);
	return failure_set(failure, "option '-%c' needs an argument",
			   row->letter);
}

static bool take(const struct parser *parser, int code, char **argv,
		 struct failure *failure)
{
	const struct binding *binding;

	if (code == '?')
		return fail_unknown(parser, argv, failure);
	if (code == ':')
		return fail_missing(parser, failure);
	binding = binding_of(parser, code);
	if (binding->given)
		*binding->given = true;
	return store(parser->arena, *binding,
		     optarg ? optarg : binding->row->implied, failure);
}

bool option_parse(struct arena *arena, const struct option_set *sets,
		  size_t set_count, enum option_order order, int argc,
		  char **argv, int *operands, struct failure *failure)
{
	struct parser parser = { .arena = arena };
	int code;

	for (size_t i = 0; i < set_count; i++)
		for (const struct option_row *row = sets[i].rows;
		     row && row->name; row++)
			*ARRAY_ADD(arena, &parser.bindings) =
				bind_row(sets[i], row);
	describe(&parser, order);
	opterr = 0;
	optind = 0; /* glibc begins anew */
	while ((code = getopt_long(argc, argv, parser.short_options,
				   parser.long_options, NULL)) != -1)
		if (!take(&parser, code, argv, failure))
			return false;
	*operands = optind;
	return true;
}
