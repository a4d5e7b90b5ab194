#include "server_targets.h"

#include "unit_test.h"

static struct server_operands operands_of(struct arena *arena, const char *text)
{
	struct source source = { .name = "-", .text = str_of(text) };
	struct server_operands operands = { 0 };

	server_list_parse(arena, &source, &operands);
	assert_int_equal(operands.diags.list.count, 0);
	return operands;
}

/* The targets as words; those of a network begin with +. */
static const char *targets_of(const char *text)
{
	static char words[4096];
	struct arena *arena = arena_new();
	struct server_operands operands = operands_of(arena, text);
	struct server_targets targets;
	struct sweep_target target;
	size_t length = 0, number = 0;

	words[0] = '\0';
	server_targets_init(arena, &operands, &targets);
	while (server_targets_next(&targets, &target)) {
		struct server_target_tag tag = server_target_tag(&target);
		char address[IP_ADDRESS_TEXT];

		assert_int_equal(tag.number, number++);
		assert_int_equal(tag.from_network, !target.name);
		length += (size_t)snprintf(
			words + length, sizeof(words) - length, "%s%s%s",
			length ? " " : "", target.name ? "" : "+",
			target.name ? target.name
				    : ip_address_text(target.address, address));
		assert_true(length < sizeof(words));
	}
	arena_free(arena);
	return words;
}

static void test_order(void **state)
{
	(void)state;
	assert_string_equal(targets_of("b 10.0.0.1 a [::1]"),
			    "b 10.0.0.1 a [::1]");
	assert_string_equal(targets_of(""), "");
}

static void test_networks(void **state)
{
	(void)state;
	assert_string_equal(targets_of("10.0.0.0/30"), "+10.0.0.1 +10.0.0.2");
	assert_string_equal(targets_of("10.0.0.0/31"), "+10.0.0.0 +10.0.0.1");
	assert_string_equal(targets_of("10.0.0.9/32"), "+10.0.0.9");
	assert_string_equal(targets_of("255.255.255.254/31"),
			    "+255.255.255.254 +255.255.255.255");
	assert_string_equal(targets_of("fd00::ffff:fffe/126"),
			    "+fd00::ffff:fffc +fd00::ffff:fffd "
			    "+fd00::ffff:fffe +fd00::ffff:ffff");
	assert_string_equal(targets_of("10.0.0.254/30 a 10.0.1.0/30"),
			    "+10.0.0.253 +10.0.0.254 a +10.0.1.1 +10.0.1.2");
}

static void test_nobody_is_asked_twice(void **state)
{
	(void)state;
	assert_string_equal(targets_of("a A 10.0.0.1 a 10.0.0.1"),
			    "a 10.0.0.1");
	assert_string_equal(targets_of("[::1] ::1 0:0::1"), "[::1]");
	assert_string_equal(targets_of("10.0.0.2 10.0.0.0/30 10.0.0.1"),
			    "10.0.0.2 +10.0.0.1");
	assert_string_equal(targets_of("10.0.0.0/30 10.0.0.0/30 10.0.0.0/29"),
			    "+10.0.0.1 +10.0.0.2 +10.0.0.3 +10.0.0.4 "
			    "+10.0.0.5 +10.0.0.6");
	assert_string_equal(targets_of("10.0.0.0/29 10.0.0.5/30"),
			    "+10.0.0.1 +10.0.0.2 +10.0.0.3 +10.0.0.4 "
			    "+10.0.0.5 +10.0.0.6");
	assert_string_equal(targets_of("fd00::/127 fd00::/126"),
			    "+fd00:: +fd00::1 +fd00::2 +fd00::3");
	/* IPv4 and IPv6 are apart */
	assert_string_equal(targets_of("::/127 0.0.0.0/31"),
			    "+:: +::1 +0.0.0.0 +0.0.0.1");
}

static void test_ends_that_a_network_does_not_ask(void **state)
{
	(void)state;
	assert_string_equal(targets_of("10.0.0.0/30 10.0.0.0 10.0.0.3"),
			    "+10.0.0.1 +10.0.0.2 10.0.0.0 10.0.0.3");
	assert_string_equal(targets_of("10.0.0.0/30 10.0.0.2/31"),
			    "+10.0.0.1 +10.0.0.2 +10.0.0.3");
}

/* Not written out, and not slow where many lie beside each other. */
static void test_large_networks(void **state)
{
	struct arena *arena = arena_new();
	struct server_operands operands =
		operands_of(arena, "10.0.0.0/12 10.0.0.0/11 10.31.255.254");
	struct server_targets targets;
	struct sweep_target target;
	size_t count = 0;

	(void)state;
	assert_true(server_targets_count(&operands) ==
		    (1 << 20) + (1 << 21) - 3);
	server_targets_init(arena, &operands, &targets);
	while (server_targets_next(&targets, &target))
		count++;
	/* the broadcast address of the first is a host of the second */
	assert_int_equal(count, (1 << 21) - 2);
	arena_free(arena);
}

static void test_count(void **state)
{
	static const struct {
		const char *text;
		uint64_t count;
	} rows[] = {
		{ "", 0 },
		{ "a a 10.0.0.1", 3 },
		{ "10.0.0.0/24", 254 },
		{ "10.0.0.0/31", 2 },
		{ "0.0.0.0/0", ((uint64_t)1 << 32) - 2 },
		{ "fd00::/65", (uint64_t)1 << 63 },
		{ "fd00::/65 fd01::/65", UINT64_MAX },
		{ "fd00::/64", UINT64_MAX },
		{ "::/0", UINT64_MAX },
	};
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct server_operands operands =
			operands_of(arena, rows[i].text);

		assert_true(server_targets_count(&operands) == rows[i].count);
	}
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_order),
		cmocka_unit_test(test_networks),
		cmocka_unit_test(test_nobody_is_asked_twice),
		cmocka_unit_test(test_ends_that_a_network_does_not_ask),
		cmocka_unit_test(test_large_networks),
		cmocka_unit_test(test_count),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
