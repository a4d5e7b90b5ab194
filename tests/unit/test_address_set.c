#include "address_set.h"

#include <time.h>

#include "prng.h"
#include "unit_test.h"

static struct client_network network_of(const char *text)
{
	struct client_network network;

	assert_int_equal(client_network_parse(str_of(text), &network),
			 CLIENT_FINE);
	return network;
}

static struct ip_address address_of(const char *text)
{
	struct ip_address address;

	assert_true(ip_address_parse(str_of(text), &address));
	return address;
}

/* Adds networks, separated by one blank. */
static struct address_set set_of(struct arena *arena, const char *text)
{
	struct address_set set = { 0 };
	struct str rest = str_of(text);

	while (rest.length) {
		size_t end = str_find(rest, ' ');
		struct client_network network =
			network_of(arena_copy(arena, rest.data, end));

		assert_true(address_set_add_network(arena, &set, &network));
		rest = str_skip(rest, end < rest.length ? end + 1 : end);
	}
	return set;
}

static void test_count(void **state)
{
	static const struct {
		const char *networks, *v4, *v6;
	} rows[] = {
		{ "", "0", "0" },
		{ "10.0.0.1/32", "1", "0" },
		{ "10.0.0.5/24 10.0.0.0/255.255.255.0", "256", "0" },
		{ "10.0.1.0/24 10.0.0.0/24", "512", "0" },
		{ "0.0.0.0/0.0.0.0", "4294967296", "0" },
		{ "0.0.0.0/1 128.0.0.0/1", "4294967296", "0" },
		{ "0.0.0.0/0", "1", "0" }, /* see zero_prefix */
		{ "fd00::/64", "0", "18446744073709551616" },
		{ "::/::", "0", "340282366920938463463374607431768211456" },
		{ "::/1 8000::/1", "0",
		  "340282366920938463463374607431768211456" },
		{ "::/1", "0", "170141183460469231731687303715884105728" },
		{ "10.0.0.0/31 fd00::/127", "2", "2" },
	};
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct address_set set = set_of(arena, rows[i].networks);

		assert_string_equal(address_set_count(arena, &set, IP_V4),
				    rows[i].v4);
		assert_string_equal(address_set_count(arena, &set, IP_V6),
				    rows[i].v6);
	}
	arena_free(arena);
}

static void test_questions(void **state)
{
	static const struct {
		const char *a, *b;
		bool contains, overlaps;
		const char *rest; /* addresses of a without b */
	} rows[] = {
		{ "10.0.0.0/8", "10.1.0.0/16", true, true, "16711680" },
		{ "10.1.0.0/16", "10.0.0.0/8", false, true, "0" },
		{ "10.1.0.0/16", "10.2.0.0/16", false, false, "65536" },
		{ "10.0.0.0/25 10.0.0.128/25", "10.0.0.0/24", true, true, "0" },
		{ "10.0.0.0/24", "10.0.0.255/32 10.0.0.0/32", true, true,
		  "254" },
		{ "0.0.0.0/0.0.0.0", "255.255.255.255/32", true, true,
		  "4294967295" },
		{ "0.0.0.0/0.0.0.0", "::/::", false, false, "4294967296" },
		{ "10.0.0.0/24", "", true, false, "256" },
	};
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct address_set a = set_of(arena, rows[i].a);
		struct address_set b = set_of(arena, rows[i].b);

		assert_int_equal(address_set_contains(&a, &b),
				 rows[i].contains);
		assert_int_equal(address_set_overlaps(&a, &b),
				 rows[i].overlaps);
		assert_int_equal(address_set_overlaps(&b, &a),
				 rows[i].overlaps);
		address_set_subtract(arena, &a, &b);
		assert_string_equal(address_set_count(arena, &a, IP_V4),
				    rows[i].rest);
		assert_false(address_set_overlaps(&a, &b));
	}
	arena_free(arena);
}

static void test_mapped_addresses_are_apart(void **state)
{
	struct arena *arena = arena_new();
	struct address_set set = set_of(arena, "10.0.0.0/8");

	(void)state;
	assert_true(address_set_has(&set, address_of("10.1.2.3")));
	assert_false(address_set_has(&set, address_of("::ffff:10.1.2.3")));
	assert_false(address_set_has(&set, address_of("::a01:203")));
	arena_free(arena);
}

static void test_masks_with_holes(void **state)
{
	struct client_network odd = network_of("10.0.0.7/255.0.0.255");
	struct client_network inside = network_of("10.1.2.7/32");
	struct client_network beside = network_of("10.1.2.8/32");
	struct client_network across = network_of("10.1.0.0/16");
	struct client_network around = network_of("10.0.0.0/8");
	struct arena *arena = arena_new();
	struct address_set set = { 0 };

	(void)state;
	assert_false(address_set_add_network(arena, &set, &odd));
	assert_true(address_set_is_empty(&set));
	assert_true(client_network_contains(&odd, &inside));
	assert_false(client_networks_overlap(&odd, &beside));
	assert_true(client_networks_overlap(&odd, &across));
	assert_false(client_network_contains(&odd, &across));
	assert_false(client_network_contains(&across, &odd));
	assert_true(client_network_contains(&around, &odd));
	arena_free(arena);
}

/* The naive model: the lowest or highest 64 addresses of a family, each a
 * bit. */
struct model {
	enum ip_family family;
	bool high;
	uint64_t bits;
	struct address_set set;
};

static struct address_number number_at(const struct model *model, unsigned i)
{
	uint64_t top = model->family == IP_V4 ? UINT32_MAX : UINT64_MAX;

	if (!model->high)
		return (struct address_number){ 0, i };
	return (struct address_number){ model->family == IP_V4 ? 0 : top,
					top - 63 + i };
}

static struct ip_address address_at(const struct model *model, unsigned i)
{
	struct ip_address address = { .family = (uint8_t)model->family };

	memset(address.bytes, model->high ? 0xff : 0,
	       model->family == IP_V4 ? 4 : 16);
	address.bytes[ip_address_size(address) - 1] =
		(uint8_t)(model->high ? 192 + i : i);
	return address;
}

static void fill(struct arena *arena, struct prng *prng, struct model *model)
{
	unsigned count = (unsigned)prng_below(prng, 6);

	while (count-- > 0) {
		unsigned first = (unsigned)prng_below(prng, 64);
		unsigned length = 1 + (unsigned)prng_below(prng, 64 - first);

		if (prng_below(prng, 2))
			length = 1 + length / 8;
		if (first + length > 64)
			length = 64 - first;
		for (unsigned i = first; i < first + length; i++)
			model->bits |= 1ull << i;
		address_set_add_range(
			arena, &model->set, model->family,
			(struct address_range){
				number_at(model, first),
				number_at(model, first + length - 1) });
	}
}

static void check(struct arena *arena, struct model *model)
{
	char count[8];

	snprintf(count, sizeof(count), "%d", __builtin_popcountll(model->bits));
	assert_string_equal(
		address_set_count(arena, &model->set, model->family), count);
	for (unsigned i = 0; i < 64; i++)
		assert_int_equal(
			address_set_has(&model->set, address_at(model, i)),
			model->bits >> i & 1);
}

static void test_against_model(void **state)
{
	struct prng prng = { 42 };

	(void)state;
	for (unsigned round = 0; round < 20000; round++) {
		struct arena *arena = arena_new();
		struct model a = { .family = round & 1 ? IP_V4 : IP_V6,
				   .high = round & 2 };
		struct model b = a, c;

		fill(arena, &prng, &a);
		fill(arena, &prng, &b);
		assert_int_equal(address_set_overlaps(&a.set, &b.set),
				 (a.bits & b.bits) != 0);
		assert_int_equal(address_set_contains(&a.set, &b.set),
				 (b.bits & ~a.bits) == 0);
		c = (struct model){ .family = a.family, .high = a.high };
		address_set_unite(arena, &c.set, &a.set);
		address_set_unite(arena, &c.set, &b.set);
		c.bits = a.bits | b.bits;
		check(arena, &c);
		address_set_subtract(arena, &c.set, &b.set);
		c.bits &= ~b.bits;
		check(arena, &c);
		check(arena, &a);
		arena_free(arena);
	}
}

static void test_many_networks(void **state)
{
	struct arena *arena = arena_new();
	struct address_set set = { 0 }, odd = { 0 };
	clock_t begin = clock();

	(void)state;
	for (uint32_t i = 0; i < 20000; i++) {
		uint32_t mixed = i * 7919 % 20000;
		struct client_network network = network_of(arena_printf(
			arena, "10.%u.%u.0/24", mixed / 256, mixed % 256));

		assert_true(address_set_add_network(arena, &set, &network));
		if (mixed % 2)
			assert_true(
				address_set_add_network(arena, &odd, &network));
	}
	assert_true(address_set_contains(&set, &odd));
	address_set_subtract(arena, &set, &odd);
	assert_string_equal(address_set_count(arena, &set, IP_V4), "2560000");
	assert_true(clock() - begin < CLOCKS_PER_SEC / 5);
	arena_free(arena);
}

static void test_hull(void **state)
{
	static const struct {
		const char *networks, *hull;
		enum ip_family family;
	} rows[] = {
		{ "10.0.0.5/32", "10.0.0.5/32", IP_V4 },
		{ "10.0.0.5/32 10.0.0.6/32", "10.0.0.4/30", IP_V4 },
		{ "10.1.2.0/24 10.200.0.0/24", "10.0.0.0/8", IP_V4 },
		{ "0.0.0.0/32 255.0.0.0/32", "0.0.0.0/0.0.0.0", IP_V4 },
		{ "fd00::1/128 fd00::8000:0:0:0/128", "fd00::/64", IP_V6 },
		{ "fd00::/64 fd00:0:0:1::/64", "fd00::/63", IP_V6 },
		{ "::/128 8000::/128", "::/::", IP_V6 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct arena *arena = arena_new();
		struct address_set set = set_of(arena, rows[i].networks);
		struct client_network network = network_of(rows[i].hull);
		struct address_range expected, hull;

		hull = address_set_hull(&set, rows[i].family);
		assert_true(address_range_of(&network, &expected));
		assert_true(address_range_contains(hull, expected));
		assert_true(address_range_contains(expected, hull));
		arena_free(arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_hull),
		cmocka_unit_test(test_count),
		cmocka_unit_test(test_questions),
		cmocka_unit_test(test_mapped_addresses_are_apart),
		cmocka_unit_test(test_masks_with_holes),
		cmocka_unit_test(test_against_model),
		cmocka_unit_test(test_many_networks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
