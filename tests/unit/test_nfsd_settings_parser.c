#include "nfsd_settings_parser.h"

#include "unit_test.h"

static void test_versions(void **state)
{
	static const struct {
		const char *text;
		unsigned served, minors;
	} cases[] = {
		{ "+3 +4 +4.1 +4.2\n", 1 << 3 | 1 << 4, 7 },
		{ "-2 +3 +4 -4.0 +4.1 +4.2\n", 1 << 3 | 1 << 4, 6 },
		{ "+2 +3 -4 -4.1 -4.2\n", 1 << 2 | 1 << 3, 0 },
		{ "-3 +4 +4.1 -4.2", 1 << 4, 3 },
		{ "", 0, 0 },
		{ "+ - +9 +4.77 junk +99999999999", 0, 0 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct nfsd_versions versions =
			nfsd_versions_parse(str_of(cases[i].text));

		assert_int_equal(versions.served, cases[i].served);
		assert_int_equal(versions.minors, cases[i].minors);
	}
}

static void test_ports(void **state)
{
	struct arena *arena = arena_new();
	struct nfsd_ports ports;

	(void)state;
	nfsd_ports_parse(arena, STR("tcp 2049\nudp 2049\nx\nrdma 99999\n"),
			 &ports);
	assert_int_equal(ports.list.count, 2);
	assert_true(str_is(ports.list.items[1].transport, "udp"));
	assert_int_equal(ports.list.items[1].port, 2049);
	assert_true(nfsd_ports_have(&ports, "udp", 2049));
	assert_true(nfsd_ports_have(&ports, "tcp", 0));
	assert_false(nfsd_ports_have(&ports, "tcp", 2050));
	assert_false(nfsd_ports_have(&ports, "rdma", 0));
	arena_free(arena);
}

static void test_numbers(void **state)
{
	uint32_t number;

	(void)state;
	assert_true(nfsd_number_parse(STR("16\n"), &number));
	assert_int_equal(number, 16);
	assert_false(nfsd_number_parse(STR(""), &number));
	assert_false(nfsd_number_parse(STR("-1\n"), &number));
	assert_false(nfsd_number_parse(STR("99999999999\n"), &number));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_versions),
		cmocka_unit_test(test_ports),
		cmocka_unit_test(test_numbers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
