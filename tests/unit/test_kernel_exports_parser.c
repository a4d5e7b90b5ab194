#include "kernel_exports_parser.h"

#include "unit_test.h"

static void test_exports(void **state)
{
	static const char text[] =
		"#path domain(flags)\n"
		"/srv/v6\t*,2001:db8::/32(rw,root_squash,sec=1)\n"
		"# /srv/home\t*,127.0.0.1()\n"
		"/srv/octal\\040blank\t@trusted,host?.example.com(ro,sec=1)\n"
		"/\t*(ro,insecure,no_root_squash,v4root,fsid=0,sec=1)\n"
		"/cut\t*(ro\n"
		"nothing\n";
	struct arena *arena = arena_new();
	struct kernel_exports exports;

	(void)state;
	kernel_exports_parse(arena, str_of(text), &exports);
	assert_int_equal(exports.list.count, 3);
	assert_true(str_is(exports.list.items[0].path, "/srv/v6"));
	assert_true(str_is(exports.list.items[0].domain, "*,2001:db8::/32"));
	assert_true(
		str_is(exports.list.items[0].options, "rw,root_squash,sec=1"));
	assert_false(exports.list.items[0].is_pseudo);
	assert_true(str_is(exports.list.items[1].path, "/srv/octal blank"));
	assert_true(exports.list.items[2].is_pseudo);
	arena_free(arena);
}

static void test_clients(void **state)
{
	static const char text[] =
		"#class IP domain\n"
		"nfsd 2001:0db8:0000:0000:0000:0000:0000:0006 *,2001:db8::/32\n"
		"# nfsd 10.1.1.1 -no-domain-\n"
		"# nfsd 10.1.1.2 *,10.1.0.0/16\n"
		"# nfsd 0.0.0.0 -test-client-\n"
		"nfsd 192.168.1.77 *,192.168.1.0/24\n"
		"other 192.168.1.78 *\n"
		"nfsd junk *\n";
	struct arena *arena = arena_new();
	struct kernel_clients clients;
	char address[IP_ADDRESS_TEXT];

	(void)state;
	kernel_clients_parse(arena, str_of(text), &clients);
	assert_int_equal(clients.list.count, 3);
	assert_string_equal(
		ip_address_text(clients.list.items[0].address, address),
		"2001:db8::6");
	assert_true(str_is(clients.list.items[1].domain, ""));
	assert_true(str_is(clients.list.items[2].domain, "*,192.168.1.0/24"));
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_exports),
		cmocka_unit_test(test_clients),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
