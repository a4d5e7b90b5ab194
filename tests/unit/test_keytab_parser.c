#include "keytab_parser.h"

#include "unit_test.h"

#define ENTRY(first) "\0\2\0\1R\0" first "\0\1h\0\0\0\1"

static void check(struct str keytab, bool expected)
{
	assert_int_equal(keytab_has_service(keytab, "nfs"), expected);
}

static void services_are_found(void **state)
{
	(void)state;
	check(STR("\5\2\0\0\0\21" ENTRY("\3nfs")), true);
	check(STR("\5\2\0\0\0\22" ENTRY("\4host")), false);
	check(STR("\5\2\377\377\377\375abc\0\0\0\21" ENTRY("\3nfs")), true);
	check(STR("\5\2\0\0\0\22" ENTRY("\4host") "\0\0\0\21" ENTRY("\3nfs")),
	      true);
	check(STR("\5\2"), false);
}

static void what_is_cut_or_older_is_no_proof(void **state)
{
	(void)state;
	check(STR(""), true);
	check(STR("\5\1\0\0\0\1"), true);
	check(STR("\5\2\0\0\1\0nfs"), false);
	check(STR("\5\2\0\0\0\6\0\2\0\1R\0"), false);
	check(STR("\5\2\200\0\0\0"), false);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(services_are_found),
		cmocka_unit_test(what_is_cut_or_older_is_no_proof),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
