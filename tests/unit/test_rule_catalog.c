#include "rule_catalog.h"

#include "rule_runner.h"
#include "table_fixture.h"
#include "unit_test.h"

/* The older server of most tests, and one that knows every option. */
static const struct target old_server = { VERSION_NUMBER(2, 6, 2),
					  VERSION_NUMBER(6, 1, 0) };
static const struct target new_server = { NFS_UTILS_NEWEST, KERNEL_NEWEST };

/* An example is one file, or several that begin with their names. */
static void add_files(struct table_fixture *fixture, const char *text)
{
	const char *next;

	while ((next = strstr(text + 1, "# /etc/exports.d/"))) {
		table_fixture_add(fixture, str_range(text, next));
		text = next;
	}
	table_fixture_add(fixture, str_of(text));
}

static size_t count_findings(const struct rule *rule, const char *text,
			     struct target target)
{
	struct finding_list findings = { 0 };
	struct table_fixture fixture;
	size_t count;

	table_fixture_init(&fixture);
	fixture.rules.target = target;
	add_files(&fixture, text);
	table_fixture_build(&fixture);
	table_fixture_reread(&fixture);
	rule_run(fixture.arena, &fixture.table, NULL, rule, &findings);
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

		if (rule->needs & NEEDS_FILES)
			continue; /* tests/run_rules.sh has their trees */
		if (!count_findings(rule, rule->bad, old_server) &&
		    !count_findings(rule, rule->bad, new_server))
			fail_msg("%s: bad does not raise it", rule->slug);
		if (count_findings(rule, rule->good, old_server) ||
		    count_findings(rule, rule->good, new_server))
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
			    !((rule_catalog[i]->needs |
			       rule_catalog[k]->needs) &
			      NEEDS_FILES) &&
			    count_findings(rule_catalog[k],
					   rule_catalog[i]->good, new_server))
				fail_msg("%s raises on the good example of %s",
					 rule_catalog[k]->slug,
					 rule_catalog[i]->slug);
}

static unsigned count_claims(enum export_problem problem)
{
	unsigned claims = 0;

	for (size_t i = 0; i < rule_count; i++) {
		const enum export_problem *claim = rule_catalog[i]->problems;

		for (; claim && *claim != PROBLEM_NONE; claim++)
			claims += *claim == problem;
	}
	return claims;
}

/* Each problem of the table is told by one rule; only those whose rules check
 * entries themselves are told without being claimed. */
static void test_problems_are_claimed(void **state)
{
	static const bool elsewhere[EXPORT_PROBLEMS] = {
		[PROBLEM_UNRESOLVED] = true,
		[PROBLEM_DUPLICATE] = true,
		[PROBLEM_BAD_REEXPORT] = true,
		[PROBLEM_BAD_SQUASH_RANGE] = true,
	};

	(void)state;
	for (int i = PROBLEM_NONE + 1; i < EXPORT_PROBLEMS; i++) {
		unsigned claims = count_claims((enum export_problem)i);

		if (claims > 1 || (!claims && !elsewhere[i]))
			fail_msg("problem %d is claimed by %u rules", i,
				 claims);
	}
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

static size_t count_of(const char *slug, const char *text)
{
	const struct rule *rule = rule_find(slug);

	assert_non_null(rule);
	return count_findings(rule, text, old_server);
}

/* One cause is one finding: the finer rule speaks, the general one does not. */
static void test_finer_rule_wins(void **state)
{
	static const struct {
		const char *text, *finer, *general;
	} rows[] = {
		{ "/p h(rw, sync)\n", "whitespace-in-options",
		  "unbalanced-parenthesis" },
		{ "/p h(rw,\\\n sync)\n", "whitespace-in-options",
		  "unbalanced-parenthesis" },
		{ "/p h(rw k(ro)\n", "unbalanced-parenthesis",
		  "whitespace-in-options" },
		{ "/p h((rw))\n", "unbalanced-parenthesis",
		  "missing-client-separator" },
		{ "/p h(rw)k(ro)\n", "missing-client-separator",
		  "unbalanced-parenthesis" },
		{ "/p h(rw)\\ \n", "broken-continuation",
		  "missing-client-separator" },
		{ "/p 10.1.0.0/24,10.2.0.0/24(rw)\n",
		  "missing-client-separator", "bad-netmask" },
		{ "/p -rw, sync h\n", "whitespace-in-options",
		  "missing-client-separator" },
		{ "/p h\n  k(rw)\n", "broken-continuation",
		  "path-without-client" },
		{ "/p h \\ \n  k(rw)\n", "broken-continuation",
		  "relative-path" },
		{ "k(rw)\n", "path-without-client", "relative-path" },
		{ "\xef\xbb\xbf/p h\n", "byte-order-mark", "relative-path" },
		{ "/p h (rw)\n", "space-before-options", "empty-client" },
		{ "/p -rw\n", "trailing-defaults", "path-without-client" },
		{ "/p \"h\n", "unterminated-quote", "etab-roundtrip" },
		{ "/p \"h(rw\n", "unterminated-quote",
		  "unbalanced-parenthesis" },
		{ "/p h\r\n\r\n/q k\r\n", "rest-ignored-silently",
		  "crlf-line-endings" },
		{ "/p h\r\n\r\n", "crlf-line-endings",
		  "rest-ignored-silently" },
		{ "/p h(rw,,sync)\n", "empty-option", "parse-stops-here" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (count_of(rows[i].finer, rows[i].text) != 1 ||
		    count_of(rows[i].general, rows[i].text) != 0)
			fail_msg("row %zu: %s, not %s", i, rows[i].finer,
				 rows[i].general);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_examples),
		cmocka_unit_test(test_good_examples_are_good),
		cmocka_unit_test(test_problems_are_claimed),
		cmocka_unit_test(test_finer_rule_wins),
		cmocka_unit_test(test_texts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
