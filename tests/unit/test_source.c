#include "source.h"

#include "unit_test.h"

static void check(struct arena *arena, struct source *source, uint32_t offset,
		  uint32_t line, uint32_t column, uint32_t chars)
{
	struct source_position at = source_position(arena, source, offset);

	assert_int_equal(at.line, line);
	assert_int_equal(at.column, column);
	assert_int_equal(at.column_chars, chars);
}

static void test_positions(void **state)
{
	struct arena *arena = arena_new();
	struct source source = {
		.name = "x",
		.text = STR("ab\n\n\xc3\xa9"
			    "c\xff\x80"
			    "d\nend"),
	};

	(void)state;
	check(arena, &source, 0, 1, 1, 1);
	check(arena, &source, 2, 1, 3, 3); /* the newline itself */
	check(arena, &source, 3, 2, 1, 1);
	check(arena, &source, 4, 3, 1, 1);
	check(arena, &source, 6, 3, 3, 2); /* behind a two-byte letter */
	check(arena, &source, 11, 4, 1, 1);
	check(arena, &source, 14, 4, 4, 4); /* the end */
	/* forward and back in one line */
	check(arena, &source, 6, 3, 3, 2);
	check(arena, &source, 9, 3, 6, 4);
	check(arena, &source, 4, 3, 1, 1);
	check(arena, &source, 9, 3, 6, 4);
	arena_free(arena);
}

static void test_lines(void **state)
{
	struct arena *arena = arena_new();
	struct source source = { .name = "x", .text = STR("ab\n\ncd") };

	(void)state;
	assert_true(str_is(source_line(arena, &source, 1), "ab"));
	assert_true(str_is(source_line(arena, &source, 2), ""));
	assert_true(str_is(source_line(arena, &source, 3), "cd"));
	assert_true(str_is(source_line(arena, &source, 4), ""));
	assert_true(str_is(source_line(arena, &source, 0), ""));
	arena_free(arena);
}

static void test_empty(void **state)
{
	struct arena *arena = arena_new();
	struct source source = { .name = "x", .text = STR("") };

	(void)state;
	check(arena, &source, 0, 1, 1, 1);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_positions),
		cmocka_unit_test(test_lines),
		cmocka_unit_test(test_empty),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
