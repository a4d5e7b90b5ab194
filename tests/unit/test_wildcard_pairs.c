#include "wildcard_pairs.h"

#include "prng.h"
#include "unit_test.h"
#include "host_pattern.h"

static void test_relations(void **state)
{
	static const struct {
		const char *a, *b;
		bool overlap, covers, covered;
	} rows[] = {
		{ "*.example.com", "a*.example.com", true, true, false },
		{ "*.EXAMPLE.com", "*.example.COM", true, true, true },
		{ "a*.example.com", "*b.example.com", true, false, false },
		{ "a*.example.com", "b*.example.com", false, false, false },
		{ "*.example.com", "*.example.org", false, false, false },
		{ "*.example.com", "*.b.example.com", true, true, false },
		{ "web?.lan", "web1*.lan", true, false, false },
		{ "web?.lan", "web??.lan", false, false, false },
		{ "web[0-9].lan", "web[0-9].lan", true, false, false },
		{ "web?.lan", "web[^a].lan", true, true, true },
		{ "?*", "*", true, false, true },
		{ "**", "*", true, true, true },
		{ "a", "a", true, true, true },
		{ "a", "aa", false, false, false },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct str a = str_of(rows[i].a), b = str_of(rows[i].b);

		if (wildcards_overlap(a, b) != rows[i].overlap ||
		    wildcards_overlap(b, a) != rows[i].overlap ||
		    wildcard_covers(a, b) != rows[i].covers)
			fail_msg("%s and %s", rows[i].a, rows[i].b);
		/* Brackets as the outer pattern are never certain. */
		if (!strchr(rows[i].b, '['))
			assert_int_equal(wildcard_covers(b, a),
					 rows[i].covered);
	}
}

/* What a name shows: a name that both match is an overlap, and one that only
 * the inner pattern matches is no cover. */
static void test_against_names(void **state)
{
	static const char letters[] = "ab*?";
	struct prng prng = { 7 };
	char texts[3][6];

	(void)state;
	for (unsigned round = 0; round < 200000; round++) {
		struct str all[3];
		bool in_a, in_b;

		for (unsigned t = 0; t < 3; t++) {
			size_t length = prng_below(&prng, 6);

			for (size_t i = 0; i < length; i++)
				texts[t][i] = letters[prng_below(
					&prng, t == 2 ? 2 : 4)];
			all[t] = (struct str){ texts[t], length };
		}
		in_a = host_pattern_matches(all[0], all[2]);
		in_b = host_pattern_matches(all[1], all[2]);
		if (in_a && in_b)
			assert_true(wildcards_overlap(all[0], all[1]));
		if (in_b && !in_a)
			assert_false(wildcard_covers(all[0], all[1]));
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_relations),
		cmocka_unit_test(test_against_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
