#include "command_options.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

enum shape { SHAPE_ROUND, SHAPE_SQUARE, SHAPE_FLAT };

static const char *const shapes[] = { "round", "square", "flat", NULL };

struct values {
	bool flag, deep;
	const char *text, *path;
	struct option_list files;
	enum shape shape, fix;
	int64_t number;
};

#define FIELD(name) .offset = offsetof(struct values, name)

static const struct option_row rows[] = {
	{ .name = "flag", .letter = 'f', .kind = OPTION_FLAG, FIELD(flag) },
	{ .name = "deep", .kind = OPTION_FLAG, FIELD(deep) },
	{ .name = "text", .letter = 't', .kind = OPTION_TEXT, FIELD(text) },
	{ .name = "path", .kind = OPTION_PATH, FIELD(path) },
	{ .name = "file",
	  .letter = 'F',
	  .kind = OPTION_PATH,
	  .repeatable = true,
	  FIELD(files) },
	{ .name = "shape",
	  .letter = 's',
	  .kind = OPTION_CHOICE,
	  .choices = shapes,
	  .initial = "square",
	  FIELD(shape) },
	{ .name = "fix",
	  .letter = 'x',
	  .kind = OPTION_CHOICE,
	  .choices = shapes,
	  .implied = "flat",
	  FIELD(fix) },
	{ .name = "number",
	  .letter = 'n',
	  .kind = OPTION_NUMBER,
	  .minimum = -5,
	  .maximum = 1000,
	  .initial = "7",
	  FIELD(number) },
	{ 0 },
};

struct other_values {
	bool loud;
};

static const struct option_row other_rows[] = {
	{ .name = "loud",
	  .letter = 'l',
	  .kind = OPTION_FLAG,
	  .offset = offsetof(struct other_values, loud) },
	{ 0 },
};

enum { WORDS = 16 };

static char program[] = "test";

/* One command line and what became of it. */
struct fixture {
	struct arena *arena;
	struct values values;
	struct other_values other;
	struct failure failure;
	char *argv[WORDS + 1];
	int argc, operands;
	enum option_order order;
};

static int setup(void **state)
{
	struct fixture *fixture = calloc(1, sizeof(*fixture));

	assert_non_null(fixture);
	fixture->arena = arena_new();
	fixture->order = OPTIONS_MIXED;
	*state = fixture;
	return 0;
}

static int teardown(void **state)
{
	struct fixture *fixture = *state;

	arena_free(fixture->arena);
	free(fixture);
	return 0;
}

/* Parses the words of line, which are separated by single spaces. */
static bool parse(struct fixture *fixture, const char *line)
{
	struct option_set sets[] = { { rows, &fixture->values },
				     { other_rows, &fixture->other } };
	char *rest = arena_copy(fixture->arena, line, strlen(line)), *word;

	fixture->values = (struct values){ 0 };
	fixture->other = (struct other_values){ 0 };
	fixture->argc = 0;
	fixture->argv[fixture->argc++] = program;
	while ((word = strsep(&rest, " ")))
		fixture->argv[fixture->argc++] = word;
	if (!*line)
		fixture->argc = 1;
	fixture->argv[fixture->argc] = NULL;
	assert_true(option_defaults(fixture->arena, sets[0], NULL));
	return option_parse(fixture->arena, sets, 2, fixture->order,
			    fixture->argc, fixture->argv, &fixture->operands,
			    &fixture->failure);
}

static void check_fails(struct fixture *fixture, const char *line,
			const char *message)
{
	assert_false(parse(fixture, line));
	assert_string_equal(fixture->failure.text, message);
}

static void test_defaults(void **state)
{
	struct fixture *fixture = *state;

	assert_true(parse(fixture, ""));
	assert_int_equal(fixture->values.shape, SHAPE_SQUARE);
	assert_int_equal(fixture->values.number, 7);
	assert_null(fixture->values.text);
	assert_false(fixture->values.flag);
	assert_int_equal(fixture->operands, 1);
}

static void test_every_kind(void **state)
{
	struct fixture *fixture = *state;

	assert_true(parse(fixture, "--flag --text=a --path b --shape=round "
				   "-n -5 -l"));
	assert_true(fixture->values.flag);
	assert_string_equal(fixture->values.text, "a");
	assert_string_equal(fixture->values.path, "b");
	assert_int_equal(fixture->values.shape, SHAPE_ROUND);
	assert_int_equal(fixture->values.number, -5);
	assert_true(fixture->other.loud);
	assert_false(fixture->values.deep);
}

static void test_short_options(void **state)
{
	struct fixture *fixture = *state;

	assert_true(parse(fixture, "-flta -sflat"));
	assert_true(fixture->values.flag);
	assert_true(fixture->other.loud);
	assert_string_equal(fixture->values.text, "a");
	assert_int_equal(fixture->values.shape, SHAPE_FLAT);
}

static void test_repeated(void **state)
{
	struct fixture *fixture = *state;

	assert_true(parse(fixture, "--file a -F b --file=c --text x -t y"));
	assert_int_equal(fixture->values.files.list.count, 3);
	assert_string_equal(fixture->values.files.list.items[0], "a");
	assert_string_equal(fixture->values.files.list.items[1], "b");
	assert_string_equal(fixture->values.files.list.items[2], "c");
	assert_string_equal(fixture->values.text, "y");
}

static void test_implied(void **state)
{
	struct fixture *fixture = *state;

	assert_true(parse(fixture, "--fix square"));
	assert_int_equal(fixture->values.fix, SHAPE_FLAT);
	assert_string_equal(fixture->argv[fixture->operands], "square");
	assert_true(parse(fixture, "--fix=square"));
	assert_int_equal(fixture->values.fix, SHAPE_SQUARE);
	assert_true(parse(fixture, "-x"));
	assert_int_equal(fixture->values.fix, SHAPE_FLAT);
	assert_true(parse(fixture, "-xsquare"));
	assert_int_equal(fixture->values.fix, SHAPE_SQUARE);
}

static void test_order(void **state)
{
	struct fixture *fixture = *state;

	assert_true(parse(fixture, "one --flag two -- --deep"));
	assert_true(fixture->values.flag);
	assert_false(fixture->values.deep);
	assert_int_equal(fixture->argc - fixture->operands, 3);
	assert_string_equal(fixture->argv[fixture->operands], "one");
	assert_string_equal(fixture->argv[fixture->operands + 1], "two");
	assert_string_equal(fixture->argv[fixture->operands + 2], "--deep");

	fixture->order = OPTIONS_FIRST;
	assert_true(parse(fixture, "-l one --flag"));
	assert_true(fixture->other.loud);
	assert_false(fixture->values.flag);
	assert_int_equal(fixture->operands, 2);
}

static void test_dash_is_an_operand(void **state)
{
	struct fixture *fixture = *state;

	assert_true(parse(fixture, "- -f"));
	assert_true(fixture->values.flag);
	assert_string_equal(fixture->argv[fixture->operands], "-");
}

static void test_abbreviation(void **state)
{
	struct fixture *fixture = *state;

	assert_true(parse(fixture, "--num 3 --sha=flat"));
	assert_int_equal(fixture->values.number, 3);
	assert_int_equal(fixture->values.shape, SHAPE_FLAT);
	check_fails(fixture, "--fi",
		    "option '--fi' is ambiguous: '--file', '--fix'");
	check_fails(fixture, "--f=x",
		    "option '--f' is ambiguous: '--flag', '--file', '--fix'");
}

static void test_unknown(void **state)
{
	struct fixture *fixture = *state;

	check_fails(fixture, "--shpae=round",
		    "unknown option '--shpae'; did you mean '--shape'?");
	check_fails(fixture, "a --laud",
		    "unknown option '--laud'; did you mean '--loud'?");
	check_fails(fixture, "--elephant", "unknown option '--elephant'");
	check_fails(fixture, "-fz", "unknown option '-z'");
	check_fails(fixture, "-\xff", "unknown option '-\xff'");
	check_fails(fixture, "-:", "unknown option '-:'");
}

static void test_arguments(void **state)
{
	struct fixture *fixture = *state;

	check_fails(fixture, "--text", "option '--text' needs an argument");
	check_fails(fixture, "--tex", "option '--text' needs an argument");
	check_fails(fixture, "-ft", "option '-t' needs an argument");
	check_fails(fixture, "--flag=no", "option '--flag' takes no argument");
	check_fails(fixture, "--path=", "option '--path' has an empty name");
	assert_true(parse(fixture, "--text="));
	assert_string_equal(fixture->values.text, "");
}

static void test_choices(void **state)
{
	struct fixture *fixture = *state;

	check_fails(fixture, "--shape ronud",
		    "option '--shape' does not know 'ronud'; did you mean "
		    "'round'?");
	check_fails(fixture, "--shape=elephant",
		    "option '--shape' does not know 'elephant'; it takes one "
		    "of round, square, flat");
	check_fails(fixture, "-s Round",
		    "option '--shape' does not know 'Round'; did you mean "
		    "'round'?");
	check_fails(fixture, "--shape=",
		    "option '--shape' does not know ''; it takes one of round, "
		    "square, flat");
}

static void test_numbers(void **state)
{
	static const char *const wrong[] = {
		"-6",  "1001", "x", "1x", "+1",	 "0x10",
		"1.5", "-",    "",  "--", "1e3", "99999999999999999999",
	};
	struct fixture *fixture = *state;
	char line[64], message[128];

	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++) {
		snprintf(line, sizeof(line), "--number=%s", wrong[i]);
		snprintf(message, sizeof(message),
			 "option '--number' takes a number from -5 to 1000, "
			 "not '%s'",
			 wrong[i]);
		check_fails(fixture, line, message);
	}
	assert_true(parse(fixture, "--number=-5"));
	assert_true(parse(fixture, "--number=1000"));
	assert_int_equal(fixture->values.number, 1000);
	assert_true(parse(fixture, "--number=007"));
	assert_int_equal(fixture->values.number, 7);
}

static void test_no_rows(void **state)
{
	struct option_set set = { NULL, NULL };
	char unknown[] = "-x", *argv[] = { program, unknown, NULL };
	struct fixture *fixture = *state;
	struct failure failure;
	int operands;

	assert_true(option_defaults(fixture->arena, set, &failure));
	assert_false(option_parse(fixture->arena, &set, 1, OPTIONS_MIXED, 2,
				  argv, &operands, &failure));
	assert_string_equal(failure.text, "unknown option '-x'");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_defaults),
		TEST(test_every_kind),
		TEST(test_short_options),
		TEST(test_repeated),
		TEST(test_implied),
		TEST(test_order),
		TEST(test_dash_is_an_operand),
		TEST(test_abbreviation),
		TEST(test_unknown),
		TEST(test_arguments),
		TEST(test_choices),
		TEST(test_numbers),
		TEST(test_no_rows),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
