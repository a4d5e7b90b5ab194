#include "command_line.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

struct options {
	const char *name;
	int64_t number;
};

static const struct option_row rows[] = {
	{ .name = "name",
	  .letter = 'n',
	  .kind = OPTION_TEXT,
	  .argument = "NAME",
	  .help = "say NAME",
	  .offset = offsetof(struct options, name) },
	{ .name = "number",
	  .kind = OPTION_NUMBER,
	  .argument = "N",
	  .help = "say N",
	  .minimum = 1,
	  .maximum = 9,
	  .initial = "3",
	  .offset = offsetof(struct options, number) },
	{ 0 },
};

/* Prints everything that it was given. */
static int run_say(const struct command_context *context)
{
	const struct options *options = context->options;
	const struct command_globals *globals = &context->globals;

	fprintf(context->out, "name=%s number=%d root=%s target=%s%s%s%s:",
		options->name ? options->name : "", (int)options->number,
		globals->root ? globals->root : "",
		globals->target ? globals->target : "",
		globals->quiet ? " quiet" : "",
		globals->verbose ? " verbose" : "",
		context->color ? " color" : "");
	for (int i = 0; i < context->operand_count; i++)
		fprintf(context->out, " %s", context->operands[i]);
	fputs("\n", context->out);
	return STATUS_FINDINGS;
}

static const struct command say = {
	.name = "say",
	.summary = "say what is given",
	.operands = "WORD [WORD]",
	.operands_min = 1,
	.operands_max = 2,
	.description = "Says it.",
	.options = rows,
	.options_size = sizeof(struct options),
	.status = { "never", "always" },
	.run = run_say,
};

/* What a command line printed and returned. */
struct outcome {
	char *out, *err;
	int status;
};

enum { WORDS = 16 };

static int split(char *line, char *words[WORDS])
{
	int count = 0;
	char *word;

	while ((word = strsep(&line, " ")) && count < WORDS - 1)
		words[count++] = word;
	words[count] = NULL;
	return count;
}

/* Runs a command line; command NULL leaves the search to the catalogue. */
static struct outcome run(const struct command *command, const char *line)
{
	struct outcome outcome = { 0 };
	struct command_context context = { 0 };
	size_t out_length, err_length;
	char *copy = strdup(line), *words[WORDS];
	int count = split(copy, words);

	context.out = open_memstream(&outcome.out, &out_length);
	context.err = open_memstream(&outcome.err, &err_length);
	if (command) {
		context.arena = arena_new();
		outcome.status =
			command_line_invoke(&context, command, count, words);
		arena_free(context.arena);
	} else {
		outcome.status = command_line_run(&context, count, words);
	}
	fclose(context.out);
	fclose(context.err);
	free(copy);
	return outcome;
}

static void check(const struct command *command, const char *line,
		  const char *out, const char *err, int status)
{
	struct outcome outcome = run(command, line);

	assert_string_equal(outcome.err, err);
	assert_string_equal(outcome.out, out);
	assert_int_equal(outcome.status, status);
	free(outcome.out);
	free(outcome.err);
}

static void test_invoke(void **state)
{
	(void)state;
	check(&say, "say a", "name= number=3 root= target=: a\n", "", 1);
	check(&say, "say a -n me -q b --root=/mnt --number 4 -v",
	      "name=me number=4 root=/mnt target= quiet verbose: a b\n", "", 1);
	check(&say, "say --color=always --target kernel=6.1 -- -n",
	      "name= number=3 root= target=kernel=6.1 color: -n\n", "", 1);
}

static void test_wrong_usage(void **state)
{
	static const char hint[] = "\nTry 'exportctl help say'.\n";
	static const struct {
		const char *line, *message;
	} cases[] = {
		{ "say", "an operand is missing: WORD [WORD]" },
		{ "say a b c", "one operand too many: 'c'" },
		{ "say a --nmae=x",
		  "unknown option '--nmae'; did you mean '--name'?" },
		{ "say a --rot=x",
		  "unknown option '--rot'; did you mean '--root'?" },
		{ "say a --number=0",
		  "option '--number' takes a number from 1 to 9, not '0'" },
	};
	char wanted[256];

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		snprintf(wanted, sizeof(wanted), "exportctl: say: %s%s",
			 cases[i].message, hint);
		check(&say, cases[i].line, "", wanted, STATUS_FAILED);
	}
}

static void test_wrong_target(void **state)
{
	struct outcome outcome = run(&say, "say a --target=solaris");

	(void)state;
	assert_int_equal(outcome.status, STATUS_FAILED);
	assert_non_null(strstr(outcome.err, "exportctl: say: "));
	assert_non_null(strstr(outcome.err, "solaris"));
	free(outcome.out);
	free(outcome.err);
}

/* Help wins over operands that are missing. */
static void test_help(void **state)
{
	struct outcome outcome = run(&say, "say --help");

	(void)state;
	assert_int_equal(outcome.status, STATUS_OK);
	assert_string_equal(outcome.err, "");
	assert_non_null(strstr(outcome.out, "Usage: exportctl say "));
	free(outcome.out);
	free(outcome.err);
}

static void test_version(void **state)
{
	(void)state;
	check(NULL, "exportctl --version", "exportctl " EXPORTCTL_VERSION "\n",
	      "", STATUS_OK);
	check(NULL, "exportctl help --version",
	      "exportctl " EXPORTCTL_VERSION "\n", "", STATUS_OK);
}

static void test_no_command(void **state)
{
	static const char wanted[] =
		"exportctl: no command\n"
		"Usage: exportctl [GLOBAL OPTION]... COMMAND [OPTION]... "
		"[OPERAND]...\n"
		"Try 'exportctl help'.\n";

	(void)state;
	check(NULL, "exportctl", "", wanted, STATUS_FAILED);
	check(NULL, "exportctl -q --", "", wanted, STATUS_FAILED);
}

static void test_find_command(void **state)
{
	struct outcome outcome =
		run(NULL, "exportctl -q -- help --color=never");

	(void)state;
	assert_int_equal(outcome.status, STATUS_OK);
	assert_string_equal(outcome.err, "");
	assert_non_null(strstr(outcome.out, "Commands:"));
	free(outcome.out);
	free(outcome.err);
	check(NULL, "exportctl --quiet hepl", "",
	      "exportctl: unknown command 'hepl'; did you mean 'help'?\n"
	      "Try 'exportctl help'.\n",
	      STATUS_FAILED);
	check(NULL, "exportctl --rot x help", "",
	      "exportctl: unknown option '--rot'; did you mean '--root'?\n"
	      "Try 'exportctl help'.\n",
	      STATUS_FAILED);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_invoke),
		cmocka_unit_test(test_wrong_usage),
		cmocka_unit_test(test_wrong_target),
		cmocka_unit_test(test_help),
		cmocka_unit_test(test_version),
		cmocka_unit_test(test_no_command),
		cmocka_unit_test(test_find_command),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
