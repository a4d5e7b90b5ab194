#include "server_list_parser.h"

#include "unit_test.h"

static void test_operands(void **state)
{
	static const struct {
		const char *word;
		enum server_operand_kind kind;
		const char *address; /* NULL: none */
		unsigned prefix;
	} rows[] = {
		{ "nas1", SERVER_NAME, NULL, 0 },
		{ "nas-1.example.org.", SERVER_NAME, NULL, 0 },
		{ "na_s", SERVER_NAME, NULL, 0 },
		{ "127.1", SERVER_NAME, NULL, 0 },
		{ "10.0.0.1", SERVER_ADDRESS, "10.0.0.1", 0 },
		{ "fd00::1", SERVER_ADDRESS, "fd00::1", 0 },
		{ "[fd00::1]", SERVER_ADDRESS, "fd00::1", 0 },
		{ "fe80::1%1", SERVER_ADDRESS, "fe80::1", 0 },
		{ "[fe80::1%1]", SERVER_ADDRESS, "fe80::1", 0 },
		{ "10.0.0.0/24", SERVER_NETWORK, "10.0.0.0", 24 },
		{ "10.255.1.77/9", SERVER_NETWORK, "10.128.0.0", 9 },
		{ "10.0.0.1/32", SERVER_NETWORK, "10.0.0.1", 32 },
		{ "0.0.0.0/0", SERVER_NETWORK, "0.0.0.0", 0 },
		{ "fd00::ffff/120", SERVER_NETWORK, "fd00::ff00", 120 },
		{ "[fd00::]/64", SERVER_NETWORK, "fd00::", 64 },
	};
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct server_operand operand;
		char text[IP_ADDRESS_TEXT];
		const char *problem;

		if (!server_operand_parse(arena, str_of(rows[i].word), &operand,
					  &problem))
			fail_msg("%s: %s", rows[i].word, problem);
		assert_int_equal(operand.kind, rows[i].kind);
		assert_string_equal(operand.text, rows[i].word);
		assert_int_equal(operand.prefix, rows[i].prefix);
		if (rows[i].address)
			assert_string_equal(
				ip_address_text(operand.address, text),
				rows[i].address);
		else
			assert_int_equal(operand.address.family, IP_NONE);
	}
	arena_free(arena);
}

static void test_what_is_none(void **state)
{
	static const struct str words[] = {
		STR(""),
		STR("-n"),
		STR("a b"),
		STR("a\0b"),
		STR("a\tb"),
		STR("nas1:/export"),
		STR("nas1/24"),
		STR("10.0.0.0/33"),
		STR("10.0.0.0/"),
		STR("10.0.0.0/-1"),
		STR("10.0.0.0/ 8"),
		STR("10.0.0.0/8x"),
		STR("10.0.0.0/255.0.0.0"),
		STR("fd00::/129"),
		STR("fe80::1%nosuch0"),
		STR("[fd00::1"),
		STR("[nas1]"),
		STR("user@nas1,nas2"),
		STR("/"),
	};
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(words); i++) {
		struct server_operand operand;
		const char *problem = NULL;

		if (server_operand_parse(arena, words[i], &operand, &problem))
			fail_msg("%s", words[i].data);
		assert_non_null(problem);
	}
	arena_free(arena);
}

static void test_names_have_a_length(void **state)
{
	char name[257];
	struct arena *arena = arena_new();
	struct server_operand operand;
	const char *problem;

	(void)state;
	memset(name, 'a', sizeof(name));
	assert_true(server_operand_parse(arena, (struct str){ name, 255 },
					 &operand, &problem));
	assert_false(server_operand_parse(arena, (struct str){ name, 256 },
					  &operand, &problem));
	arena_free(arena);
}

static struct server_operands parse(struct arena *arena, struct str text)
{
	struct source source = { .name = "servers", .text = text };
	struct server_operands operands = { 0 };

	server_list_parse(arena, &source, &operands);
	return operands;
}

static void test_lists(void **state)
{
	struct arena *arena = arena_new();
	struct server_operands operands =
		parse(arena, STR("# servers\n\n  nas1\t# the old one\r\n"
				 "10.0.0.0/30 nas2#no blank\n\t \nnas3"));

	(void)state;
	assert_int_equal(operands.list.count, 4);
	assert_string_equal(operands.list.items[0].text, "nas1");
	assert_string_equal(operands.list.items[1].text, "10.0.0.0/30");
	assert_string_equal(operands.list.items[2].text, "nas2");
	assert_string_equal(operands.list.items[3].text, "nas3");
	assert_int_equal(operands.diags.list.count, 0);
	assert_int_equal(parse(arena, STR("")).list.count, 0);
	arena_free(arena);
}

static void test_wrong_words_have_a_place(void **state)
{
	struct arena *arena = arena_new();
	struct server_operands operands =
		parse(arena, STR("nas1\n  10.0.0.0/33 nas2\nna\0s\n"));
	const struct diag *diags = operands.diags.list.items;

	(void)state;
	assert_int_equal(operands.list.count, 2);
	assert_int_equal(operands.diags.list.count, 2);
	assert_int_equal(diags[0].span.begin, 7);
	assert_int_equal(diags[0].span.end, 18);
	assert_int_equal(diags[1].span.begin, 24);
	assert_int_equal(diags[1].span.end, 28);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_operands),
		cmocka_unit_test(test_what_is_none),
		cmocka_unit_test(test_names_have_a_length),
		cmocka_unit_test(test_lists),
		cmocka_unit_test(test_wrong_words_have_a_place),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
