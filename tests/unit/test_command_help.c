#include "command_help.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static const char *const paints[] = { "red", "green", NULL };

static const struct option_row rows[] = {
	{ .name = "all", .letter = 'a', .kind = OPTION_FLAG, .help = "all" },
	{ .name = "paint",
	  .kind = OPTION_CHOICE,
	  .choices = paints,
	  .initial = "red",
	  .help = "choose a paint" },
	{ .name = "file",
	  .kind = OPTION_PATH,
	  .repeatable = true,
	  .argument = "FILE",
	  .help = "read FILE" },
	{ .name = "with-a-long-name",
	  .kind = OPTION_TEXT,
	  .argument = "WORDS",
	  .implied = "x",
	  .help = "a text that is so long that it does not fit beside the "
		  "name and has to be wrapped" },
	{ 0 },
};

static const struct command command = {
	.name = "paint",
	.operands = "WALL...",
	.operands_min = 1,
	.operands_max = OPERANDS_ANY,
	.description = "Paints every WALL in a colour that its owner would "
		       "choose, and does so at once.\n\nSecond paragraph.",
	.options = rows,
	.status = { "painted", NULL, "no paint" },
};

static const char wanted_begin[] =
	"Usage: exportctl paint [OPTION]... WALL...\n"
	"\n"
	"Paints every WALL in a colour that its owner would choose, and does "
	"so at once.\n"
	"\n"
	"Second paragraph.\n"
	"\n"
	"Options:\n"
	"  -a, --all               all\n"
	"      --paint red|green   choose a paint (default red)\n"
	"      --file FILE         read FILE; may be given several times\n"
	"      --with-a-long-name[=WORDS]\n"
	"                          a text that is so long that it does not fit "
	"beside\n"
	"                          the name and has to be wrapped\n"
	"\n"
	"Global options:\n";

static const char wanted_end[] = "\n"
				 "Exit status:\n"
				 "  0  painted\n"
				 "  2  no paint\n";

static char *help_text(bool color)
{
	char *text = NULL;
	size_t length = 0;
	FILE *out = open_memstream(&text, &length);

	assert_non_null(out);
	command_help_command(out, color, &command);
	command_help_overview(out, color);
	fclose(out);
	return text;
}

static void test_command(void **state)
{
	char *text = help_text(false);

	(void)state;
	assert_memory_equal(text, wanted_begin, sizeof(wanted_begin) - 1);
	assert_non_null(strstr(text, wanted_end));
	free(text);
}

/* Lines stay within 79 columns, and none ends in a blank. */
static void test_lines(void **state)
{
	char *text = help_text(false);
	char *rest = text, *line;

	(void)state;
	while ((line = strsep(&rest, "\n"))) {
		size_t length = strlen(line);

		assert_true(length < 80);
		assert_false(length && line[length - 1] == ' ');
	}
	free(text);
}

static void test_color(void **state)
{
	char *plain = help_text(false), *colored = help_text(true);

	(void)state;
	assert_null(strchr(plain, '\033'));
	assert_non_null(strstr(colored, "\033[1mOptions:\033[0m\n"));
	free(plain);
	free(colored);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_command),
		cmocka_unit_test(test_lines),
		cmocka_unit_test(test_color),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
