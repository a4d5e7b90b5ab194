#include "assertion_parser.h"

#include "unit_test.h"

static void parse(struct arena *arena, const char *text, struct source *source,
		  struct assertions *assertions)
{
	*source = (struct source){ .name = "policy", .text = str_of(text) };
	assertions_parse(arena, source, assertions);
}

static void test_lines(void **state)
{
	struct arena *arena = arena_new();
	struct assertions assertions;
	struct source source;
	const struct assertion *line;

	(void)state;
	parse(arena,
	      "# nothing\n\n  allow 10.1.2.3 /srv # why\r\n"
	      "deny root 10.0.0.0/8 /srv/*\n"
	      "expect ro name=x.lan sec=krb5 port=700 host /a\n"
	      "allow read /x\n"
	      "expect mount fd00::1 /y\\040z",
	      &source, &assertions);
	assert_int_equal(assertions.diags.list.count, 0);
	assert_int_equal(assertions.list.count, 5);
	line = &assertions.list.items[0];
	assert_int_equal(line->verb, ASSERT_ALLOW);
	assert_int_equal(line->right, ASSERT_READ);
	assert_true(str_is(line->client, "10.1.2.3"));
	assert_true(str_is(line->path, "/srv"));
	assert_int_equal(line->span.end - line->span.begin,
			 strlen("allow 10.1.2.3 /srv"));
	line = &assertions.list.items[1];
	assert_int_equal(line->verb, ASSERT_DENY);
	assert_int_equal(line->right, ASSERT_ROOT);
	line = &assertions.list.items[2];
	assert_true(str_is(line->name, "x.lan"));
	assert_true(str_is(line->sec, "krb5"));
	assert_int_equal(line->port, 700);
	/* a host may be called like a right */
	line = &assertions.list.items[3];
	assert_int_equal(line->right, ASSERT_READ);
	assert_true(str_is(line->client, "read"));
	line = &assertions.list.items[4];
	assert_int_equal(line->verb, ASSERT_EXPECT);
	assert_int_equal(line->right, ASSERT_MOUNT);
	assert_true(str_is(line->path, "/y z"));
	arena_free(arena);
}

static void test_wrong_lines(void **state)
{
	static const char *const lines[] = {
		"permit 1.2.3.4 /a", "allow",
		"allow 1.2.3.4",     "allow 1.2.3.4 a",
		"allow 1 /a /b",     "allow port=0 1 /a",
		"allow port=x 1 /a", "\"",
		"allow name= 1 /a",  "allow 1 /a\\000b",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(lines); i++) {
		struct arena *arena = arena_new();
		struct assertions assertions;
		struct source source;

		parse(arena, lines[i], &source, &assertions);
		assert_int_equal(assertions.list.count, 0);
		assert_int_equal(assertions.diags.list.count, 1);
		assert_true(assertions.diags.list.items[0].span.end <=
			    strlen(lines[i]));
		arena_free(arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lines),
		cmocka_unit_test(test_wrong_lines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
