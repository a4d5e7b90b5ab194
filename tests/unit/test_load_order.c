#include "load_order.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

static void names_that_count(void **state)
{
	static const struct {
		const char *name;
		bool counts;
	} cases[] = {
		{ "a.exports", true },
		{ " .exports", true },
		{ "a.exports.exports", true },
		{ "\xff.exports", true },
		{ ".exports", false },
		{ ".a.exports", false },
		{ "exports", false },
		{ "a.exports~", false },
		{ "a.EXPORTS", false },
		{ "a.exports.bak", false },
		{ "aexports", false },
		{ "", false },
		{ ".", false },
		{ "..", false },
		{ "..exports", false },
		{ "a", false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
		if (load_order_counts(cases[i].name) != cases[i].counts)
			fail_msg("%s", cases[i].name);
}

static void order_is_that_of_versions(void **state)
{
	static const char *const expected[] = {
		" sp", "010-x", "9",   "9-x", "10",	  "A",
		"a",   "a2",	"a10", "b",   "\xc3\xa4",
	};
	enum { COUNT = sizeof(expected) / sizeof(*expected) };
	const char *names[COUNT];

	(void)state;
	for (size_t i = 0; i < COUNT; i++)
		names[i] = expected[COUNT - 1 - i];
	load_order_sort(names, COUNT);
	for (size_t i = 0; i < COUNT; i++)
		assert_string_equal(names[i], expected[i]);
	load_order_sort(NULL, 0);
}

/* Pairs of random names against versionsort(3), which exportfs calls. */
static void order_is_versionsort(void **state)
{
	static const char bytes[] = "0019aB-.\xe9";
	static struct dirent a, b;
	const struct dirent *pa = &a, *pb = &b;
	uint32_t seed = 3;

	(void)state;
	for (int round = 0; round < 20000; round++) {
		const char *names[2] = { a.d_name, b.d_name };

		for (int i = 0; i < 6; i++) {
			seed = seed * 1664525u + 1013904223u;
			a.d_name[i] = bytes[(seed >> 8) % 9];
			b.d_name[i] = bytes[(seed >> 16) % 9];
		}
		a.d_name[(seed >> 4) % 7] = b.d_name[(seed >> 7) % 7] = '\0';
		load_order_sort(names, 2);
		if (versionsort(&pa, &pb) > 0)
			assert_ptr_equal(names[0], b.d_name);
		else if (versionsort(&pa, &pb) < 0)
			assert_ptr_equal(names[0], a.d_name);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_that_count),
		cmocka_unit_test(order_is_that_of_versions),
		cmocka_unit_test(order_is_versionsort),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
