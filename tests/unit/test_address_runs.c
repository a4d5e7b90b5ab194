#include "address_runs.h"

#include "prng.h"
#include "unit_test.h"

/* 256 addresses of a family, the last byte of which a network decides about. */
static void test_last_byte(void **state)
{
	struct prng random = { 3 };

	(void)state;
	for (unsigned round = 0; round < 4000; round++) {
		struct client_network network = {
			.address.family = round % 2 ? IP_V4 : IP_V6,
			.mask.family = round % 2 ? IP_V4 : IP_V6,
		};
		unsigned last = ip_address_size(network.address) - 1;
		uint8_t mask = (uint8_t)prng_below(&random, 256);
		uint8_t value = (uint8_t)prng_below(&random, 256);
		struct address_number from = { 0, prng_below(&random, 256) };
		struct address_range run;
		uint64_t expected = from.low;

		memset(network.mask.bytes, 0xff, last);
		network.mask.bytes[last] = mask;
		network.address.bytes[last] = value;
		while (expected < 256 && (expected ^ value) & mask)
			expected++;
		if (expected == 256) {
			assert_false(address_run_of(&network, from, &run));
			continue;
		}
		assert_true(address_run_of(&network, from, &run));
		assert_int_equal(run.first.low, expected);
		assert_true(run.last.low <= 255);
		for (uint64_t i = run.first.low; i <= run.last.low; i++)
			assert_int_equal((i ^ value) & mask, 0);
		assert_true(run.last.low == 255 ||
			    ((run.last.low + 1) ^ value) & mask);
	}
}

static void test_high_bits(void **state)
{
	struct client_network network;
	struct address_range run;

	(void)state;
	assert_int_equal(
		client_network_parse(STR("10.0.0.5/255.0.0.255"), &network),
		CLIENT_FINE);
	assert_true(
		address_run_of(&network, (struct address_number){ 0 }, &run));
	assert_int_equal(run.first.low, 0x0a000005);
	assert_int_equal(run.last.low, 0x0a000005);
	assert_true(address_run_of(
		&network, (struct address_number){ 0, 0x0a000006 }, &run));
	assert_int_equal(run.first.low, 0x0a000105);
	assert_true(address_run_of(
		&network, (struct address_number){ 0, 0x0affff05 }, &run));
	assert_int_equal(run.first.low, 0x0affff05);
	assert_false(address_run_of(
		&network, (struct address_number){ 0, 0x0affff06 }, &run));
	assert_int_equal(
		client_network_parse(STR("0.0.4.0/0.0.255.0"), &network),
		CLIENT_FINE);
	assert_true(address_run_of(
		&network, (struct address_number){ 0, 0x01000500 }, &run));
	assert_int_equal(run.first.low, 0x01010400);
	assert_int_equal(run.last.low, 0x010104ff);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_last_byte),
		cmocka_unit_test(test_high_bits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
