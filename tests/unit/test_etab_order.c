#include "etab_order.h"

#include "unit_test.h"

/* Values measured with exportfs on x86-64, whose characters are signed. */
static void test_buckets(void **state)
{
	static const struct {
		const char *path;
		uint32_t bucket;
	} rows[] = {
		{ "/", 0 },	   { "/a", 97 },    { "/srv/a", 349 },
		{ "/srv/b", 354 }, { "/home", 36 }, { "/srv/\xc3\xa9", 58 },
		{ "", 0 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		assert_int_equal(etab_bucket(str_of(rows[i].path)),
				 rows[i].bucket);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_buckets),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
