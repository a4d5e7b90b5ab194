#include "ip_address.h"

#include <net/if.h>
#include <netdb.h>
#include <netinet/in.h>

#include "prng.h"
#include "unit_test.h"

static void test_strict(void **state)
{
	static const struct {
		struct str text;
		bool valid;
	} rows[] = {
		{ STR("10.0.0.1"), true },    { STR("::"), true },
		{ STR("fd00::1"), true },     { STR("10.1"), false },
		{ STR("010.0.0.1"), false },  { STR(""), false },
		{ STR("10.0.0.1 "), false },  { STR("10.0.0.1\0"), false },
		{ STR("fe80::1%lo"), false },
	};
	struct ip_address address;

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		assert_int_equal(ip_address_parse(rows[i].text, &address),
				 rows[i].valid);
}

static bool getaddrinfo_takes(const char *text, struct ip_address *address)
{
	struct addrinfo hints = { .ai_flags = AI_NUMERICHOST,
				  .ai_socktype = SOCK_DGRAM };
	struct addrinfo *found;

	*address = (struct ip_address){ 0 };
	if (getaddrinfo(text, NULL, &hints, &found) != 0)
		return false;
	if (found->ai_family == AF_INET) {
		const struct sockaddr_in *in = (const void *)found->ai_addr;

		address->family = IP_V4;
		memcpy(address->bytes, &in->sin_addr, 4);
	} else {
		const struct sockaddr_in6 *in6 = (const void *)found->ai_addr;

		address->family = IP_V6;
		memcpy(address->bytes, &in6->sin6_addr, 16);
	}
	freeaddrinfo(found);
	return true;
}

/* What getaddrinfo(3) takes as numeric is taken, and nothing else. */
static void test_host_forms_as_getaddrinfo(void **state)
{
	static const char letters[] = "0123456789..::xXaAfF +-";
	struct prng prng = { .state = 1 };
	unsigned taken = 0;

	(void)state;
	for (unsigned i = 0; i < 200000; i++) {
		struct ip_address address, expected;
		char text[13] = { 0 };
		size_t length = prng_below(&prng, sizeof(text));
		bool valid;

		for (size_t k = 0; k < length; k++)
			text[k] =
				letters[prng_below(&prng, sizeof(letters) - 1)];
		valid = getaddrinfo_takes(text, &expected);
		if (ip_address_parse_host(str_of(text), &address) != valid)
			fail_msg("\"%s\"", text);
		if (valid && !ip_address_equal(address, expected))
			fail_msg("\"%s\" is another address", text);
		taken += valid;
	}
	assert_true(taken > 1000);
}

static void test_equality(void **state)
{
	struct ip_address a, b;

	(void)state;
	assert_true(ip_address_parse(STR("fe80::1"), &a));
	assert_true(ip_address_parse(STR("FE80:0::1"), &b));
	assert_true(ip_address_equal(a, b));
	assert_int_equal(ip_address_hash(a), ip_address_hash(b));
	b.zone = 2;
	assert_false(ip_address_equal(a, b));
	assert_true(ip_address_parse(STR("0.0.0.0"), &a));
	assert_true(ip_address_parse(STR("::"), &b));
	assert_false(ip_address_equal(a, b));
}

static void test_text(void **state)
{
	char text[IP_ADDRESS_TEXT];
	struct ip_address address;

	(void)state;
	assert_true(ip_address_parse(STR("FD00:0:0:0::1"), &address));
	assert_string_equal(ip_address_text(address, text), "fd00::1");
	assert_true(ip_address_parse(STR("10.0.0.1"), &address));
	assert_string_equal(ip_address_text(address, text), "10.0.0.1");
}

static void test_zones(void **state)
{
	static const char *const wrong[] = {
		"",	   "fe80::1%",	    "fe80::1%nosuch0", "10.0.0.1%1",
		"%1",	   "fe80::1%0",	    "fe80::1%-1",      "fe80::1% 1",
		"fe80::%", "fe80::1%1%lo0",
	};
	struct ip_address address;

	(void)state;
	assert_true(ip_address_parse_zoned(STR("fe80::1%7"), &address));
	assert_int_equal(address.zone, 7);
	assert_true(ip_address_parse_zoned(STR("fe80::1%lo"), &address));
	assert_int_equal(address.zone, if_nametoindex("lo"));
	assert_true(ip_address_parse_zoned(STR("fe80::1"), &address));
	assert_int_equal(address.zone, 0);
	assert_true(ip_address_parse_zoned(STR("10.0.0.1"), &address));
	for (size_t i = 0; i < COUNT(wrong); i++)
		assert_false(
			ip_address_parse_zoned(str_of(wrong[i]), &address));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_strict),
		cmocka_unit_test(test_host_forms_as_getaddrinfo),
		cmocka_unit_test(test_equality),
		cmocka_unit_test(test_text),
		cmocka_unit_test(test_zones),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
