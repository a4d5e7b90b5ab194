#include "host_pattern.h"

#include "unit_test.h"

static void test_matches(void **state)
{
	static const struct {
		const char *pattern, *name;
		bool matches;
	} rows[] = {
		{ "*", "", true },
		{ "*", "a.b", true },
		{ "*.example.com", "www.example.com", true },
		{ "*.example.com", "a.b.example.com", true },
		{ "*.example.com", "example.com", false },
		{ "*.EXAMPLE.com", "www.example.COM", true },
		{ "host?", "host1", true },
		{ "host?", "host", false },
		{ "host?", "host12", false },
		{ "h[1-3]", "h2", true },
		{ "h[1-3]", "h4", false },
		{ "h[^1-3]", "h4", true },
		{ "h[^1-3]", "h2", false },
		{ "h[!1]", "h!", true },
		{ "h[!1]", "h2", false },
		{ "h[]x]", "h]", true },
		{ "h[-x]", "h-", true },
		{ "h[a-c]", "hB", false },
		{ "h[abc]", "hB", true },
		{ "h[12", "h1", true },
		{ "h\\*", "h*", true },
		{ "h\\*", "hx", false },
		{ "a*b*c", "aXbYc", true },
		{ "a*b*c", "aXcYb", false },
		{ "*a", "ba", true },
		{ "a**", "a", true },
		{ "[fd00::5]", "fd00::5", false },
		{ "", "", true },
		{ "", "a", false },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		if (host_pattern_matches(str_of(rows[i].pattern),
					 str_of(rows[i].name)) !=
		    rows[i].matches)
			fail_msg("%s and %s", rows[i].pattern, rows[i].name);
}

/* Many stars against a long name take no more than their product. */
static void test_many_stars(void **state)
{
	char pattern[200], name[250];

	(void)state;
	for (size_t i = 0; i < sizeof(pattern); i++)
		pattern[i] = i % 2 ? 'a' : '*';
	memset(name, 'a', sizeof(name));
	name[sizeof(name) - 1] = 'b';
	assert_false(
		host_pattern_matches((struct str){ pattern, sizeof(pattern) },
				     (struct str){ name, sizeof(name) }));
}

static void test_suffix(void **state)
{
	static const struct {
		const char *pattern, *suffix;
	} rows[] = {
		{ "*.example.com", ".example.com" },
		{ "web*.a.b", ".a.b" },
		{ "web*x.a", ".a" },
		{ "web*", "" },
		{ "*.a[bc]", "" },
		{ "*.a\\.b", ".b" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		assert_true(str_is(host_pattern_suffix(str_of(rows[i].pattern)),
				   rows[i].suffix));
}

static void test_covers(void **state)
{
	static const struct {
		const char *outer, *inner;
		bool covers;
	} rows[] = {
		{ "*.lan", "*.lab.lan", true },
		{ "*.lan", "a?.lan", true },
		{ "*.LAN", "*.lab.lan", true },
		{ "*", "w[ab]", false },
		{ "*.lab.lan", "*.lan", false },
		{ "?.lan", "*.lan", false },
		{ "*b*.lan", "a[b]c.lan", false },
		{ "a\\*", "a*", false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (host_pattern_covers(str_of(rows[i].outer),
					str_of(rows[i].inner)) !=
		    rows[i].covers)
			fail_msg("%s and %s", rows[i].outer, rows[i].inner);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_matches),
		cmocka_unit_test(test_many_stars),
		cmocka_unit_test(test_suffix),
		cmocka_unit_test(test_covers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
