#include "markup_text.h"

#include "unit_test.h"

typedef void writer(FILE *out, struct str text);

static void check(writer *write, struct str text, const char *expected)
{
	char *written = NULL;
	size_t length;
	FILE *out = open_memstream(&written, &length);

	assert_non_null(out);
	write(out, text);
	fclose(out);
	assert_string_equal(written, expected);
	free(written);
}

static void test_markup_becomes_references(void **state)
{
	(void)state;
	check(markup_write, STR("<a href=\"x\" id='y'>&amp;\n"),
	      "&lt;a href=&quot;x&quot; id=&#39;y&#39;&gt;&amp;amp;\n");
	check(markup_write, (struct str){ 0 }, "");
}

/* The escape is made first, so nothing that it adds is taken for markup. */
static void test_foreign_bytes_are_escaped(void **state)
{
	(void)state;
	check(markup_write_foreign, STR("<\033>\n\xff\0\xc3\xa9"),
	      "&lt;\\033&gt;\\012\\377\\000\xc3\xa9");
	check(markup_write_foreign, STR("\xe2\x80\xae<"),
	      "\\342\\200\\256&lt;");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_markup_becomes_references),
		cmocka_unit_test(test_foreign_bytes_are_escaped),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
