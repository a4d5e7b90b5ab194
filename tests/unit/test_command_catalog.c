/* Every command in the catalogue keeps to the rules that the rest relies on;
 * a new command is checked without a new test. */
#include "command_catalog.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void check_text(const char *text)
{
	assert_non_null(text);
	assert_true(*text);
	assert_int_not_equal(text[strlen(text) - 1], '\n');
}

static void check_line(const char *text)
{
	check_text(text);
	assert_null(strchr(text, '\n'));
	assert_int_not_equal(text[strlen(text) - 1], '.');
}

static size_t count_rows(const struct option_row *rows)
{
	size_t count = 0;

	while (rows && rows[count].name)
		count++;
	return count;
}

/* How the row names its argument must agree with what it takes. */
static void check_row(const struct option_row *row)
{
	bool choice = row->kind == OPTION_CHOICE;
	bool flag = row->kind == OPTION_FLAG;

	check_line(row->help);
	assert_int_equal(choice, row->choices != NULL);
	assert_int_equal(flag || choice, row->argument == NULL);
	if (row->kind == OPTION_NUMBER)
		assert_true(row->minimum < row->maximum);
	if (row->repeatable)
		assert_true(row->kind == OPTION_TEXT ||
			    row->kind == OPTION_PATH);
	if (flag)
		assert_true(!row->initial && !row->implied);
}

static void check_no_twins(const struct option_row *a, size_t a_count,
			   const struct option_row *b, size_t b_count)
{
	for (size_t i = 0; i < a_count; i++) {
		for (size_t j = 0; j < b_count; j++) {
			if (&a[i] == &b[j])
				continue;
			assert_string_not_equal(a[i].name, b[j].name);
			if (a[i].letter)
				assert_int_not_equal(a[i].letter, b[j].letter);
		}
	}
}

static void check_command(const struct command *command)
{
	size_t globals = count_rows(command_global_options);
	size_t count = count_rows(command->options);

	check_line(command->name);
	check_line(command->summary);
	check_text(command->description);
	assert_int_equal(command->run == NULL, command->run_words != NULL);
	assert_non_null(command->status[STATUS_OK]);
	for (int i = 0; i < 3; i++)
		if (command->status[i])
			check_line(command->status[i]);
	assert_int_equal(command->operands_max == 0, command->operands == NULL);
	/* its options are there for the help only */
	if (command->run_words)
		return;
	assert_int_equal(count > 0, command->options_size > 0);
	for (size_t i = 0; i < count; i++) {
		check_row(&command->options[i]);
		assert_true(command->options[i].offset < command->options_size);
	}
	check_no_twins(command->options, count, command->options, count);
	check_no_twins(command->options, count, command_global_options,
		       globals);
}

static void test_commands(void **state)
{
	(void)state;
	assert_true(command_count > 0);
	for (size_t i = 0; i < command_count; i++)
		check_command(command_catalog[i]);
}

static void test_global_options(void **state)
{
	size_t count = count_rows(command_global_options);

	(void)state;
	for (size_t i = 0; i < count; i++)
		check_row(&command_global_options[i]);
	check_no_twins(command_global_options, count, command_global_options,
		       count);
}

/* Initial and implied arguments go through the same checks as the user's. */
static void check_arguments(struct arena *arena, const struct option_row *rows,
			    size_t size)
{
	struct option_set set = { rows, arena_alloc(arena, size) };
	struct failure failure;

	assert_true(option_defaults(arena, set, &failure));
	for (; rows && rows->name; rows++) {
		char *argv[] = { arena_copy(arena, "test", 4),
				 arena_printf(arena, "--%s", rows->name),
				 NULL };
		int operands;

		if (rows->implied)
			assert_true(option_parse(arena, &set, 1, OPTIONS_MIXED,
						 2, argv, &operands, &failure));
	}
}

static void test_arguments_of_rows(void **state)
{
	struct arena *arena = arena_new();

	(void)state;
	check_arguments(arena, command_global_options,
			sizeof(struct command_globals));
	for (size_t i = 0; i < command_count; i++)
		check_arguments(arena, command_catalog[i]->options,
				command_catalog[i]->options_size);
	arena_free(arena);
}

static void test_find(void **state)
{
	struct failure failure;

	(void)state;
	for (size_t i = 0; i < command_count; i++) {
		const char *name = command_catalog[i]->name;

		assert_ptr_equal(command_find(name, &failure),
				 command_catalog[i]);
		if (i > 0)
			assert_true(strcmp(command_catalog[i - 1]->name, name) <
				    0);
	}
	assert_null(command_find("hlep", &failure));
	assert_string_equal(failure.text,
			    "unknown command 'hlep'; did you mean 'help'?");
	assert_null(command_find("elephantine", &failure));
	assert_string_equal(failure.text, "unknown command 'elephantine'");
	assert_null(command_find("", &failure));
	assert_null(command_find("hel", &failure));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_commands),
		cmocka_unit_test(test_global_options),
		cmocka_unit_test(test_arguments_of_rows),
		cmocka_unit_test(test_find),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
