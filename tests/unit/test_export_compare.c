#include "export_compare.h"

#include "table_fixture.h"
#include "unit_test.h"

static void test_same_etab(void **state)
{
	static const struct {
		const char *a, *b;
		bool same, agree;
	} rows[] = {
		{ "", "", true, true },
		{ "/p h(rw)\n", "# x\n/p   h(rw,sync)\n", true, true },
		{ "/p h(rw)\n", "/p h(ro)\n", false, false },
		{ "/p h(rw)\n", "/q h(rw)\n", false, false },
		{ "/p h(rw)\n", "/p h(rw)\n/q h(rw)\n", false, false },
		{ "/p h(rw)\n/q h(rw)\n", "/p h(rw)\n", false, false },
		/* A duplicate changes nothing, whatever its options. */
		{ "/p h(rw)\n", "/p h(rw)\n/p h(ro)\n", true, true },
		/* What is lost for other reasons is not in etab either. */
		{ "/p h(rw)\n", "/p h(rw)\n/p k(nonsense)\n", true, false },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct table_fixture a, b;

		table_fixture_of(&a, rows[i].a);
		table_fixture_of(&b, rows[i].b);
		assert_int_equal(export_tables_same_etab(&a.table, &b.table),
				 rows[i].same);
		assert_int_equal(export_tables_agree(&a.table, &b.table),
				 rows[i].agree);
		table_fixture_free(&a);
		table_fixture_free(&b);
	}
}

static void test_lost(void **state)
{
	static const struct {
		const char *text;
		size_t lost;
	} rows[] = {
		{ "", 0 },
		{ "/p h(rw)\n/q h\n", 0 },
		{ "/p h(rw)\n/p h(ro)\n", 0 },
		{ "/p h(nonsense)\n/q h\n", 2 },
		{ "/q h\n/p h(nonsense) k\n", 2 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct table_fixture fixture;

		table_fixture_of(&fixture, rows[i].text);
		assert_int_equal(export_table_lost(&fixture.table),
				 rows[i].lost);
		table_fixture_free(&fixture);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_same_etab),
		cmocka_unit_test(test_lost),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
