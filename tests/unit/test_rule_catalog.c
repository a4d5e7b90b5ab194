#include "rule_catalog.h"

#include "rule_runner.h"
#include "table_fixture.h"
#include "unit_test.h"

static size_t count_findings(const struct rule *rule, const char *text)
{
	struct finding_list findings = { 0 };
	struct table_fixture fixture;
	size_t count;

	table_fixture_of(&fixture, text);
	rule_run(fixture.arena, &fixture.table, rule, &findings);
	count = findings.list.count;
	for (size_t i = 0; i < count; i++) {
		const struct finding *finding = &findings.list.items[i];

		assert_non_null(finding->message);
		assert_true(finding->span.begin <= finding->span.end);
		assert_true(finding->span.end <= strlen(text));
	}
	table_fixture_free(&fixture);
	return count;
}

static void test_examples(void **state)
{
	(void)state;
	for (size_t i = 0; i < rule_count; i++) {
		const struct rule *rule = rule_catalog[i];

		if (count_findings(rule, rule->bad) == 0)
			fail_msg("%s: bad does not raise it", rule->slug);
		if (count_findings(rule, rule->good) != 0)
			fail_msg("%s: good raises it", rule->slug);
	}
}

/* No other rule of medium or above has something against a good example. */
static void test_good_examples_are_good(void **state)
{
	(void)state;
	for (size_t i = 0; i < rule_count; i++)
		for (size_t k = 0; k < rule_count; k++)
			if (rule_catalog[k]->severity >= SEVERITY_MEDIUM &&
			    count_findings(rule_catalog[k],
					   rule_catalog[i]->good))
				fail_msg("%s raises on the good example of %s",
					 rule_catalog[k]->slug,
					 rule_catalog[i]->slug);
}

static bool is_sentence(const char *text)
{
	size_t length = strlen(text);

	return length > 1 && text[length - 1] == '.';
}

static void test_texts(void **state)
{
	(void)state;
	for (size_t i = 0; i < rule_count; i++) {
		const struct rule *rule = rule_catalog[i];

		assert_true(rule->problems || rule->check_entry ||
			    rule->check_table);
		assert_false(is_sentence(rule->summary));
		assert_true(is_sentence(rule->rationale));
		assert_true(is_sentence(rule->remedy));
		if (i)
			assert_true(strcmp(rule_catalog[i - 1]->slug,
					   rule->slug) < 0);
		assert_ptr_equal(rule_find(rule->slug), rule);
	}
	assert_null(rule_find("no-such-rule"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_examples),
		cmocka_unit_test(test_good_examples_are_good),
		cmocka_unit_test(test_texts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
