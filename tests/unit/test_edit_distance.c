#include "edit_distance.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

static unsigned distance(const char *a, const char *b)
{
	return edit_distance(str_of(a), str_of(b), 100);
}

static void test_examples(void **state)
{
	(void)state;
	assert_int_equal(distance("", ""), 0);
	assert_int_equal(distance("", "abc"), 3);
	assert_int_equal(distance("abc", ""), 3);
	assert_int_equal(distance("format", "fromat"), 1);
	assert_int_equal(distance("kitten", "sitting"), 3);
	assert_int_equal(distance("ca", "abc"), 3);
	assert_int_equal(distance("NO_Root_squash", "no_root_squash"), 0);
}

static void test_bound(void **state)
{
	(void)state;
	assert_int_equal(edit_distance(STR("kitten"), STR("sitting"), 2), 3);
	assert_int_equal(edit_distance(STR("kitten"), STR("sitting"), 0), 1);
	assert_int_equal(edit_distance(STR("same"), STR("same"), 0), 0);
}

static void test_long_words(void **state)
{
	char word[EDIT_DISTANCE_LONGEST + 1];

	(void)state;
	memset(word, 'x', sizeof(word));
	assert_int_equal(edit_distance((struct str){ word, sizeof(word) },
				       (struct str){ word, sizeof(word) }, 3),
			 4);
	assert_int_equal(edit_distance((struct str){ word, sizeof(word) - 1 },
				       (struct str){ word, sizeof(word) - 1 },
				       3),
			 0);
}

/* The definition, by recursion. */
static unsigned naive(const char *a, size_t i, const char *b, size_t j)
{
	unsigned best, other;

	if (i == 0 || j == 0)
		return (unsigned)(i + j);
	best = naive(a, i - 1, b, j - 1) + (a[i - 1] != b[j - 1]);
	other = naive(a, i - 1, b, j) + 1;
	best = other < best ? other : best;
	other = naive(a, i, b, j - 1) + 1;
	best = other < best ? other : best;
	if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
		other = naive(a, i - 2, b, j - 2) + 1;
		best = other < best ? other : best;
	}
	return best;
}

/* Word number n over the letters a, b, c: all words up to 4 letters. */
static size_t word_of(unsigned n, char word[4])
{
	size_t length = 0;

	for (; n; n = (n - 1) / 3)
		word[length++] = (char)('a' + (n - 1) % 3);
	return length;
}

static void test_against_definition(void **state)
{
	enum { WORDS = 1 + 3 + 9 + 27 + 81 };

	(void)state;
	for (unsigned n = 0; n < WORDS; n++) {
		for (unsigned m = 0; m < WORDS; m++) {
			char a[4], b[4];
			size_t i = word_of(n, a), j = word_of(m, b);
			unsigned wanted = naive(a, i, b, j);

			for (unsigned max = 0; max <= 5; max++) {
				unsigned found = edit_distance(
					(struct str){ a, i },
					(struct str){ b, j }, max);

				assert_int_equal(found, wanted > max ? max + 1
								     : wanted);
			}
		}
	}
}

static void test_tolerance(void **state)
{
	(void)state;
	assert_int_equal(edit_distance_tolerance(STR("")), 1);
	assert_int_equal(edit_distance_tolerance(STR("shw")), 1);
	assert_int_equal(edit_distance_tolerance(STR("format")), 2);
	assert_int_equal(edit_distance_tolerance(STR("no_root_squash")), 3);
}

static void test_nearest(void **state)
{
	static const char *const words[] = { "show", "shot", "lint", "Show" };

	(void)state;
	assert_string_equal(
		edit_distance_nearest(STR("shwo"), words, COUNT(words), 1),
		"show");
	assert_string_equal(
		edit_distance_nearest(STR("lnt"), words, COUNT(words), 3),
		"lint");
	assert_string_equal(
		edit_distance_nearest(STR("shot"), words, COUNT(words), 3),
		"shot");
	assert_null(
		edit_distance_nearest(STR("audit"), words, COUNT(words), 1));
	assert_null(edit_distance_nearest(STR("x"), NULL, 0, 3));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_examples),
		cmocka_unit_test(test_bound),
		cmocka_unit_test(test_long_words),
		cmocka_unit_test(test_against_definition),
		cmocka_unit_test(test_tolerance),
		cmocka_unit_test(test_nearest),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
