#include "text_table.h"

#include "unit_test.h"

static void add_rows(struct text_table *table)
{
	text_table_row(table,
		       (struct str[]){ STR("A"), STR("LONG"), STR("C") });
	text_table_row(table, (struct str[]){ STR("\xc3\xa9\xc3\xa9"), STR("x"),
					      STR("\033") });
	text_table_row(table, (struct str[]){ STR("a"), STR(""), STR("") });
}

static void check(bool color, const char *expected)
{
	struct text_table table;
	char *text = NULL;
	size_t length;
	FILE *out = open_memstream(&text, &length);

	assert_non_null(out);
	text_table_init(&table, 3);
	add_rows(&table);
	text_table_print_to(&table, out, color);
	add_rows(&table);
	fclose(out);
	assert_string_equal(text, expected);
	free(text);
}

/* Columns are as wide as what is shown, and rows end without blanks. */
static void test_alignment(void **state)
{
	(void)state;
	check(false, "A   LONG  C\n"
		     "\xc3\xa9\xc3\xa9  x     \\033\n"
		     "a\n");
}

static void test_color_is_for_the_heading(void **state)
{
	(void)state;
	check(true, "\033[1mA   LONG  C\033[0m\n"
		    "\xc3\xa9\xc3\xa9  x     \\033\n"
		    "a\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_alignment),
		cmocka_unit_test(test_color_is_for_the_heading),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
