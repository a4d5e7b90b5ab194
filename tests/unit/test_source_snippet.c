#include "source_snippet.h"

#include "strbuf.h"
#include "unit_test.h"

static char *snippet(const char *text, struct span span, struct span also)
{
	struct arena *arena = arena_new();
	struct source source = { .name = "x", .text = str_of(text) };
	char *printed = NULL;
	size_t length;
	FILE *out = open_memstream(&printed, &length);

	assert_non_null(out);
	source_snippet_print(out, arena, &source, span, also);
	fclose(out);
	arena_free(arena);
	return printed;
}

static void check(const char *text, struct span span, struct span also,
		  const char *expected)
{
	char *printed = snippet(text, span, also);

	assert_string_equal(printed, expected);
	free(printed);
}

static void test_marks(void **state)
{
	const struct span none = { 0 };

	(void)state;
	check("/p h(rw)\n", (struct span){ 5, 7 }, (struct span){ 3, 4 },
	      "    1 | /p h(rw)\n"
	      "      |    ~ ^^\n");
	check("one\n/q k\n", (struct span){ 7, 8 }, none,
	      "    2 | /q k\n"
	      "      |    ^\n");
	/* the end of a line, an empty span */
	check("/p h(rw\n", (struct span){ 7, 7 }, none,
	      "    1 | /p h(rw\n"
	      "      |        ^\n");
	/* the other place is on another line */
	check("/p\nh\n", (struct span){ 0, 2 }, (struct span){ 3, 4 },
	      "    1 | /p\n"
	      "      | ^^\n");
	/* a span over two lines */
	check("\"/p\nq\" h\n", (struct span){ 0, 6 }, none,
	      "    1 | \"/p\n"
	      "      | ^^^\n");
}

/* Marks stand below what is shown, not below what was written. */
static void test_escapes_and_width(void **state)
{
	const struct span none = { 0 };

	(void)state;
	check("\t\xc3\xa9 h\n", (struct span){ 4, 5 }, none,
	      "    1 |  \xc3\xa9 h\n"
	      "      |    ^\n");
	check("/\033x h\n", (struct span){ 1, 2 }, none,
	      "    1 | /\\033x h\n"
	      "      |  ^^^^\n");
}

static void test_long_lines_are_cut(void **state)
{
	struct strbuf text = { 0 };
	const struct span none = { 0 };
	char *printed;

	(void)state;
	for (int i = 0; i < 1000; i++)
		strbuf_add_text(&text, i == 500 ? "X" : "\xc3\xa9");
	printed = snippet(text.data, (struct span){ 1000, 1001 }, none);
	assert_non_null(strstr(printed, "    1 | ...\xc3\xa9"));
	assert_non_null(strstr(printed, "\xc3\xa9...\n"));
	assert_true(strlen(printed) < 400);
	assert_ptr_equal(strchr(printed, '\\'), NULL);
	free(printed);
	strbuf_free(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_marks),
		cmocka_unit_test(test_escapes_and_width),
		cmocka_unit_test(test_long_lines_are_cut),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
