#include "command.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void test_color(void **state)
{
	(void)state;
	setenv("TERM", "xterm", 1);
	unsetenv("NO_COLOR");
	assert_true(command_wants_color(COLOR_AUTO, true));
	assert_false(command_wants_color(COLOR_AUTO, false));
	assert_true(command_wants_color(COLOR_ALWAYS, false));
	assert_false(command_wants_color(COLOR_NEVER, true));

	setenv("NO_COLOR", "", 1);
	assert_true(command_wants_color(COLOR_AUTO, true));
	setenv("NO_COLOR", "1", 1);
	assert_false(command_wants_color(COLOR_AUTO, true));
	assert_true(command_wants_color(COLOR_ALWAYS, true));
	unsetenv("NO_COLOR");

	setenv("TERM", "dumb", 1);
	assert_false(command_wants_color(COLOR_AUTO, true));
	unsetenv("TERM");
	assert_false(command_wants_color(COLOR_AUTO, true));
}

static void test_messages(void **state)
{
	static const struct command show = { .name = "show" };
	char *text = NULL;
	size_t length = 0;
	struct command_context context = { 0 };

	(void)state;
	context.err = open_memstream(&text, &length);
	assert_non_null(context.err);
	command_error(&context, "%s: %s", "/a\033\nb", "gone");
	assert_int_equal(command_usage_error(&context, "no '%s'", "\xff"),
			 STATUS_FAILED);
	context.command = &show;
	assert_int_equal(command_usage_error(&context, "no"), STATUS_FAILED);
	command_error(&context, "plain");
	fclose(context.err);
	assert_string_equal(text, "exportctl: /a\\033\\012b: gone\n"
				  "exportctl: no '\\377'\n"
				  "Try 'exportctl help'.\n"
				  "exportctl: show: no\n"
				  "Try 'exportctl help show'.\n"
				  "exportctl: plain\n");
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_color),
		cmocka_unit_test(test_messages),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
