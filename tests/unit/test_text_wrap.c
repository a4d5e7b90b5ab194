#include "text_wrap.h"

#include "unit_test.h"

#define TEN "abcdefghi/"
#define SEVENTY TEN TEN TEN TEN TEN TEN TEN

static const struct {
	const char *name, *more, *expected;
} titles[] = {
	{ "nas1", "", "nas1\n" },
	{ "nas1", ": 2 exports", "nas1: 2 exports\n" },
	{ SEVENTY, ", for ab", SEVENTY ", for ab\n" },
	{ SEVENTY, ", for abc", SEVENTY ",\n  for abc\n" },
	{ SEVENTY TEN, "", SEVENTY TEN "\n" },
};

static const struct {
	const char *text, *expected;
} subjects[] = {
	{ "high: /a [b]", "  high: /a [b]\n" },
	{ "high: " SEVENTY " [b]", "  high: " SEVENTY "\n    [b]\n" },
	{ "medium: " SEVENTY " [b]", "  medium:\n    " SEVENTY " [b]\n" },
	{ SEVENTY TEN " [b]", "  " SEVENTY TEN "\n    [b]\n" },
};

static void test_titles(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(titles); i++) {
		char *text = NULL;
		size_t length;
		FILE *out = open_memstream(&text, &length);

		assert_non_null(out);
		text_wrap_title(out, false, str_of(titles[i].name),
				str_of(titles[i].more));
		fclose(out);
		assert_string_equal(text, titles[i].expected);
		free(text);
	}
}

static void test_hanging(void **state)
{
	(void)state;
	for (size_t i = 0; i < COUNT(subjects); i++) {
		char *text = NULL;
		size_t length;
		FILE *out = open_memstream(&text, &length);

		assert_non_null(out);
		text_wrap_hang(out, "  ", "    ", str_of(subjects[i].text));
		fclose(out);
		assert_string_equal(text, subjects[i].expected);
		free(text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_titles),
		cmocka_unit_test(test_hanging),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
