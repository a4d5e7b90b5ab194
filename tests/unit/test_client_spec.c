#include "client_spec.h"

#include "unit_test.h"

static void test_types(void **state)
{
	static const struct {
		const char *host;
		enum client_type type;
	} rows[] = {
		{ "", CLIENT_ANONYMOUS },
		{ "*", CLIENT_ANONYMOUS },
		{ "**", CLIENT_WILDCARD },
		{ "gss/krb5", CLIENT_GSS },
		{ "GSS/krb5", CLIENT_NETWORK },
		{ "@", CLIENT_NETGROUP },
		{ "@trusted", CLIENT_NETGROUP },
		{ "10.1.*", CLIENT_WILDCARD },
		{ "h?st", CLIENT_WILDCARD },
		{ "[fd00::5]/64", CLIENT_WILDCARD },
		{ "*/24", CLIENT_WILDCARD },
		{ "10.1.0.0/24", CLIENT_NETWORK },
		{ "/b", CLIENT_NETWORK },
		{ "a\\*b", CLIENT_HOST },
		{ "a\\*b*", CLIENT_WILDCARD },
		{ "a\\", CLIENT_HOST },
		{ "host.example.com", CLIENT_HOST },
		{ "hro)", CLIENT_HOST },
		{ "10.1.0.1", CLIENT_HOST },
		{ "fd00::5", CLIENT_HOST },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		assert_int_equal(client_spec_of(str_of(rows[i].host)).type,
				 rows[i].type);
}

static void test_networks(void **state)
{
	static const struct {
		const char *host;
		enum client_problem problem;
	} rows[] = {
		{ "10.1.0.0/24", CLIENT_FINE },
		{ "10.1.0.1/24", CLIENT_FINE },
		{ "10.1.0.0/0", CLIENT_FINE },
		{ "10.1.0.0/", CLIENT_FINE },
		{ "10.1.0.0/024", CLIENT_FINE },
		{ "10.1.0.0/+24", CLIENT_FINE },
		{ "10.1.0.0/ 24", CLIENT_FINE },
		{ "10.1.0.0/-0", CLIENT_FINE },
		{ "10.1.0.0/33", CLIENT_BAD_PREFIX },
		{ "10.1.0.0/-1", CLIENT_BAD_PREFIX },
		{ "10.1.0.0/24x", CLIENT_BAD_PREFIX },
		{ "10.1.0.0/+", CLIENT_BAD_PREFIX },
		{ "10.1.0.0/ ", CLIENT_BAD_PREFIX },
		{ "10.1.0.0/4294967320", CLIENT_BAD_PREFIX },
		{ "10.1.0.0/99999999999999999999", CLIENT_BAD_PREFIX },
		{ "10.1.0.0/18446744073709551640", CLIENT_BAD_PREFIX },
		{ "10.1.0.0/255.255.255.0", CLIENT_FINE },
		{ "10.1.0.0/0.0.0.255", CLIENT_FINE },
		{ "10.1.0.0/255.255.255", CLIENT_BAD_NETMASK },
		{ "10.1/16", CLIENT_BAD_ADDRESS },
		{ "/24", CLIENT_BAD_ADDRESS },
		{ "host/24", CLIENT_BAD_ADDRESS },
		{ "fd00::/64", CLIENT_FINE },
		{ "fd00::/128", CLIENT_FINE },
		{ "fd00::/129", CLIENT_BAD_PREFIX },
		{ "fd00::/ffff:ffff::", CLIENT_FINE },
		{ "fd00::/ffff:", CLIENT_BAD_NETMASK },
		{ "fe80::1%2/64", CLIENT_FINE },
		{ "fe80::1%/64", CLIENT_BAD_ADDRESS },
		{ "10.0.0.1%2/24", CLIENT_BAD_ADDRESS },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct client_spec spec = client_spec_of(str_of(rows[i].host));

		assert_int_equal(spec.type, CLIENT_NETWORK);
		if (spec.problem != rows[i].problem)
			fail_msg("%s: %d", rows[i].host, spec.problem);
	}
}

static void test_numeric_hosts(void **state)
{
	static const struct {
		const char *host, *address;
	} rows[] = {
		{ "10.1.0.1", "10.1.0.1" },
		{ "10.1.0", "10.1.0.0" },
		{ "10.1", "10.0.0.1" },
		{ "10", "0.0.0.10" },
		{ "167837697", "10.1.0.1" },
		{ "010.1.0.1", "8.1.0.1" },
		{ "0x0a.1.0.1", "10.1.0.1" },
		{ "FD00:0:0::5", "fd00::5" },
		{ "::ffff:10.1.0.1", "::ffff:10.1.0.1" },
		{ "10.1.0.", NULL },
		{ "10.1.0.300", NULL },
		{ "10.1.0.1-10", NULL },
		{ "a,b", NULL },
	};
	char text[IP_ADDRESS_TEXT];

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct client_spec spec = client_spec_of(str_of(rows[i].host));

		if (rows[i].address)
			assert_string_equal(ip_address_text(spec.address, text),
					    rows[i].address);
		else
			assert_int_equal(spec.address.family, IP_NONE);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_types),
		cmocka_unit_test(test_networks),
		cmocka_unit_test(test_numeric_hosts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
