#include "suppression_comment.h"

#include "strbuf.h"
#include "unit_test.h"

static void expect(const char *comment, const char *expected)
{
	struct arena *arena = arena_new();
	struct suppression_comment parsed;
	struct strbuf out = { 0 };

	assert_true(suppression_comment_is(str_of(comment)));
	suppression_comment_parse(arena, str_of(comment), &parsed);
	if (parsed.error) {
		strbuf_printf(&out, "%u-%u: %s", parsed.error_span.begin,
			      parsed.error_span.end, parsed.error);
	} else {
		strbuf_add_text(&out, parsed.file ? "file" : "entry");
		for (size_t i = 0; i < parsed.rules.count; i++)
			strbuf_printf(&out, " %.*s@%u",
				      STR_ARG(parsed.rules.items[i].name),
				      parsed.rules.items[i].span.begin);
		if (parsed.until)
			strbuf_printf(&out, " until %d", parsed.until);
		if (parsed.reason.data)
			strbuf_printf(&out, " because '%.*s'",
				      STR_ARG(parsed.reason));
	}
	assert_string_equal(out.data, expected);
	strbuf_free(&out);
	arena_free(arena);
}

static void comments_are_read(void **state)
{
	(void)state;
	expect("# exportctl: ignore=a", "entry a@20");
	expect("#exportctl:ignore=a,bc", "entry a@18 bc@20");
	expect("# exportctl: ignore=a until=2027-01-31 reason=\"public "
	       "mirror\"",
	       "entry a@20 until 20270131 because 'public mirror'");
	expect("# exportctl:  ignore-file=a\treason=x \r",
	       "file a@26 because 'x'");
	expect("# exportctl: reason=\"\" ignore=\"a\"",
	       "entry a@31 because ''");
	expect("# exportctl: ignore=a until=2028-02-29",
	       "entry a@20 until 20280229");
}

static void mistakes_are_told(void **state)
{
	(void)state;
	expect("# exportctl:", "0-12: ignore= or ignore-file= is missing");
	expect("# exportctl: reason=x",
	       "0-21: ignore= or ignore-file= is missing");
	expect("# exportctl: ignore", "13-19: `=` is missing behind this word");
	expect("# exportctl: ignore=a b",
	       "22-23: `=` is missing behind this word");
	expect("# exportctl: ignore=", "13-20: the name of a rule is missing");
	expect("# exportctl: ignore=a,,b",
	       "13-24: the name of a rule is missing");
	expect("# exportctl: ignore=a ignore-file=b",
	       "22-35: the rules are named twice");
	expect("# exportctl: ignore=a reason=\"x",
	       "29-30: the quote is not closed");
	expect("# exportctl: ignore=a until=2027-02-29",
	       "28-38: this is not a day; write it as 2027-01-31");
	expect("# exportctl: ignore=a until=tomorrow",
	       "28-36: this is not a day; write it as 2027-01-31");
	expect("# exportctl: ignore=a until=2027-01-01 until=2027-01-02",
	       "39-55: until= comes twice");
	expect("# exportctl: ignore=a why=x",
	       "22-27: this is none of ignore=, ignore-file=, until= and "
	       "reason=");
}

static void others_are_left_alone(void **state)
{
	static const char *const comments[] = { "#", "# export",
						"# see "
						"exportctl:",
						"## exportctl: ignore=a" };

	(void)state;
	for (size_t i = 0; i < sizeof(comments) / sizeof(*comments); i++)
		assert_false(suppression_comment_is(str_of(comments[i])));
	assert_false(suppression_comment_is(STR("")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(comments_are_read),
		cmocka_unit_test(mistakes_are_told),
		cmocka_unit_test(others_are_left_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
