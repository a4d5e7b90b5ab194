#include "number.h"

#include "unit_test.h"

static void test_strtol(void **state)
{
	static const struct {
		struct str text;
		bool whole;
		int64_t value;
	} rows[] = {
		{ STR("0"), true, 0 },
		{ STR("  +12"), true, 12 },
		{ STR("-5"), true, -5 },
		{ STR("010"), true, 10 },
		{ STR(""), false, 0 },
		{ STR("5x"), false, 5 },
		{ STR("x"), false, 0 },
		{ STR("0x5"), false, 0 },
		{ STR("99999999999999999999"), true, INT64_MAX },
		{ STR("-99999999999999999999"), true, INT64_MIN },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		int64_t value;

		assert_int_equal(number_strtol(rows[i].text, &value),
				 rows[i].whole);
		assert_true(value == rows[i].value);
	}
}

static void test_strtoul(void **state)
{
	static const struct {
		struct str text;
		bool whole;
		uint64_t value;
	} rows[] = {
		{ STR("0x10"), true, 16 },
		{ STR("010"), true, 8 },
		{ STR("-1"), true, UINT64_MAX },
		{ STR("08"), false, 0 },
		{ STR("99999999999999999999"), true, UINT64_MAX },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		uint64_t value;

		assert_int_equal(number_strtoul(rows[i].text, &value),
				 rows[i].whole);
		assert_true(value == rows[i].value);
	}
}

/* The view ends before bytes that would be digits. */
static void test_view(void **state)
{
	int64_t value;

	(void)state;
	assert_true(number_strtol((struct str){ "1234", 2 }, &value));
	assert_int_equal(value, 12);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_strtol),
		cmocka_unit_test(test_strtoul),
		cmocka_unit_test(test_view),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
