#include "rule_catalog.h"

#include "address_set.h"
#include "export_compare.h"
#include "exports_generator.h"
#include "fix_plan.h"
#include "name_facts.h"
#include "rule_runner.h"
#include "suppressions.h"
#include "table_fixture.h"
#include "unit_test.h"

/* The older server of most tests, and one that knows every option. */
static const struct target old_server = { VERSION_NUMBER(2, 6, 2),
					  VERSION_NUMBER(6, 1, 0) };
static const struct target new_server = { NFS_UTILS_NEWEST, KERNEL_NEWEST };

/* The names that the examples of rules on names use. */
static const struct fixture_name names[] = {
	{ "host.example.com", "host.example.com", "10.1.0.5" },
	{ "other.example.com", "other.example.com", "10.1.0.5 10.1.0.6" },
	{ "two.example.com", "two.example.com", "10.1.0.1 10.1.0.2" },
	{ "public.example.com", "public.example.com", "8.8.4.4" },
	{ 0 },
};

/* What the addresses of these are called, and whom the netgroups hold. */
static const struct {
	const char *address, *name;
} address_names[] = {
	{ "10.1.0.5", "host.example.com" },
	{ "10.1.0.1", NULL },
};

static void add_address_names(struct arena *arena, struct name_facts *facts)
{
	for (size_t i = 0; i < sizeof(address_names) / sizeof(*address_names);
	     i++) {
		struct address_name *name = ARRAY_ADD(arena, &facts->addresses);

		assert_true(ip_address_parse(str_of(address_names[i].address),
					     &name->address));
		id_table_add(arena, &facts->by_address,
			     ip_address_hash(name->address), (uint32_t)i);
		name->status = NAME_NOT_FOUND;
		if (!address_names[i].name)
			continue;
		name->status = NAME_FOUND;
		*ARRAY_ADD(arena, &name->names) = str_of(address_names[i].name);
	}
}

static const struct name_facts *names_of(struct arena *arena,
					 const struct export_table *table)
{
	struct name_facts *facts = arena_alloc(arena, sizeof(*facts));
	struct netgroup_facts *netgroups = arena_alloc_array(
		arena, table->clients.list.count, sizeof(*netgroups));

	add_address_names(arena, facts);
	facts->resolved = arena_alloc(arena, sizeof(*facts->resolved));
	text_set_add(arena, &facts->hosts, STR("host.example.com"));
	facts->netgroups = netgroups;
	for (size_t i = 0; i < table->clients.list.count; i++) {
		struct str name = table->clients.list.items[i].name;

		netgroups[i].status = NAME_FOUND;
		netgroups[i].any_host = str_is(name, "@everybody");
		if (!str_is(name, "@nobody"))
			*ARRAY_ADD(arena, &netgroups[i].hosts) = 0;
	}
	return facts;
}

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

/* A table of texts and what one rule says of it. */
struct judged {
	struct table_fixture fixture;
	struct finding_list findings;
};

/* A site that trusts the networks of the good examples. */
static const struct local_state *trusting(struct arena *arena,
					  const struct export_table *table)
{
	static const char *const networks[] = { "10.0.0.0/8", "fd00::/8" };
	struct local_state *local = arena_alloc(arena, sizeof(*local));

	local->trusted = arena_alloc(arena, sizeof(*local->trusted));
	for (size_t i = 0; i < sizeof(networks) / sizeof(*networks); i++) {
		struct client_network network;

		assert_int_equal(
			client_network_parse(str_of(networks[i]), &network),
			CLIENT_FINE);
		assert_true(address_set_add_network(arena, local->trusted,
						    &network));
	}
	if (table->input.names)
		local->names = names_of(arena, table);
	return local;
}

/* What a rule says once all others have been run and suppressed. */
static void judge_suppressions(struct judged *judged, const struct rule *rule)
{
	struct arena *arena = judged->fixture.arena;
	struct finding_list others = { 0 };
	bool *ran = arena_alloc_array(arena, rule_count, sizeof(*ran));
	struct suppressions suppressions = { .today = 20261124, .ran = ran };

	for (size_t i = 0; i < rule_count; i++) {
		ran[i] = !(rule_catalog[i]->needs & NEEDS_SERVER);
		if (ran[i])
			rule_run(arena, &judged->fixture.table, NULL,
				 rule_catalog[i], &others);
	}
	rule_sort(&others);
	suppressions_collect(arena, &judged->fixture.documents, &suppressions);
	suppressions_apply(arena, &suppressions, &others);
	rule_run_suppressions(arena, &judged->fixture.table, NULL,
			      &suppressions, rule, &judged->findings);
}

static void judge(struct judged *judged, const struct rule *rule)
{
	table_fixture_build(&judged->fixture);
	table_fixture_reread(&judged->fixture);
	if (rule->check_suppressions)
		judge_suppressions(judged, rule);
	else
		rule_run(
			judged->fixture.arena, &judged->fixture.table,
			trusting(judged->fixture.arena, &judged->fixture.table),
			rule, &judged->findings);
	rule_sort(&judged->findings);
}

static void judge_text(struct judged *judged, const struct rule *rule,
		       const char *text, struct target target)
{
	*judged = (struct judged){ 0 };
	table_fixture_init(&judged->fixture);
	judged->fixture.rules.target = target;
	if (rule->needs & NEEDS_NAMES)
		judged->fixture.names = names;
	add_files(&judged->fixture, text);
	judge(judged, rule);
}

static size_t count_findings(const struct rule *rule, const char *text,
			     struct target target)
{
	struct judged judged;
	size_t count;

	judge_text(&judged, rule, text, target);
	count = judged.findings.list.count;
	for (size_t i = 0; i < count; i++) {
		const struct finding *finding = &judged.findings.list.items[i];

		assert_non_null(finding->message);
		assert_true(finding->span.begin <= finding->span.end);
		assert_true(finding->span.end <= strlen(text));
	}
	table_fixture_free(&judged.fixture);
	return count;
}

/* The comments of all documents without the CR of their lines. */
static void add_comments(const struct table_fixture *fixture,
			 struct strbuf *out)
{
	for (size_t i = 0; i < fixture->documents.list.count; i++) {
		const struct exports_syntax *syntax =
			&fixture->documents.list.items[i].syntax;

		for (uint32_t k = 0; k + 1 < syntax->tokens.count; k++) {
			struct span span = exports_token_span(syntax, k);

			if (syntax->tokens.items[k].kind != EXPORTS_COMMENT)
				continue;
			span.end -= syntax->text.data[span.end - 1] == '\r';
			strbuf_add(out,
				   str_range(syntax->text.data + span.begin,
					     syntax->text.data + span.end));
		}
	}
}

/* A fix may make a comment of what was meant as one. */
static bool keeps_comments(const struct judged *before,
			   const struct judged *after)
{
	struct strbuf old = { 0 }, new = { 0 };
	bool kept;

	add_comments(&before->fixture, &old);
	add_comments(&after->fixture, &new);
	kept = !old.length ||
	       memmem(new.data, new.length, old.data, old.length);
	strbuf_free(&old);
	strbuf_free(&new);
	return kept;
}

static size_t count_message(const struct finding_list *findings,
			    const char *message)
{
	size_t count = 0;

	for (size_t i = 0; i < findings->list.count; i++)
		count += strcmp(findings->list.items[i].message, message) == 0;
	return count;
}

/* Makes one fix, and looks at what it has changed: a safe one nothing, an
 * unsafe one loses no entry; the finding is gone, the comments are not. */
static void check_fix(const struct judged *before,
		      const struct finding *finding, bool must_help)
{
	const struct export_documents *documents = &before->fixture.documents;
	struct judged after = { 0 };

	table_fixture_init(&after.fixture);
	after.fixture.rules = before->fixture.rules;
	for (uint32_t i = 0; i < documents->list.count; i++) {
		struct strbuf text = { 0 };

		fix_plan_apply(before->fixture.arena, &finding, 1, i,
			       documents->list.items[i].source.text, &text);
		table_fixture_add(
			&after.fixture,
			(struct str){ arena_copy(after.fixture.arena,
						 strbuf_str(&text).data,
						 text.length),
				      text.length });
		strbuf_free(&text);
	}
	judge(&after, finding->rule);
	if (finding->fix.safe &&
	    !export_tables_agree(&before->fixture.table, &after.fixture.table))
		fail_msg("%s: a safe fix changes what is exported: %s",
			 finding->rule->slug, finding->message);
	if (must_help &&
	    count_message(&after.findings, finding->message) >=
		    count_message(&before->findings, finding->message))
		fail_msg("%s: the fix does not help: %s", finding->rule->slug,
			 finding->message);
	if (!keeps_comments(before, &after))
		fail_msg("%s: the fix takes a comment", finding->rule->slug);
	table_fixture_free(&after.fixture);
}

static unsigned check_fixes(const struct rule *rule, const char *text,
			    struct target target, bool must_help)
{
	struct judged judged;
	unsigned count = 0;

	judge_text(&judged, rule, text, target);
	for (size_t i = 0; i < judged.findings.list.count; i++) {
		const struct finding *finding = &judged.findings.list.items[i];

		if (!finding->fix.edits.count)
			continue;
		assert_non_null(finding->fix.description);
		check_fix(&judged, finding, must_help);
		count++;
	}
	table_fixture_free(&judged.fixture);
	return count;
}

/* The fix of bad is clean and changes nothing else. */
static void test_fixes_of_examples(void **state)
{
	unsigned count = 0;

	(void)state;
	for (size_t i = 0; i < rule_count; i++)
		if (!(rule_catalog[i]->needs & NEEDS_SERVER)) {
			count += check_fixes(rule_catalog[i],
					     rule_catalog[i]->bad, old_server,
					     true);
			count += check_fixes(rule_catalog[i],
					     rule_catalog[i]->bad, new_server,
					     true);
		}
	assert_true(count > 40);
}

static void test_examples(void **state)
{
	(void)state;
	for (size_t i = 0; i < rule_count; i++) {
		const struct rule *rule = rule_catalog[i];

		if (rule->needs & NEEDS_SERVER)
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
	/* the examples are of many sites */
	const struct rule *own_networks = rule_find("outside-trusted-networks");

	(void)state;
	for (size_t i = 0; i < rule_count; i++)
		for (size_t k = 0; k < rule_count; k++)
			if (rule_catalog[k]->severity >= SEVERITY_MEDIUM &&
			    rule_catalog[k] != own_networks &&
			    !((rule_catalog[i]->needs |
			       rule_catalog[k]->needs) &
			      NEEDS_SERVER) &&
			    count_findings(rule_catalog[k],
					   rule_catalog[i]->good, new_server))
				fail_msg("%s raises on the good example of %s",
					 rule_catalog[k]->slug,
					 rule_catalog[i]->slug);
}

/* Whatever the file, a safe fix changes nothing and no comment goes. */
static void test_fixes_of_generated_files(void **state)
{
	unsigned count = 0;

	(void)state;
	for (unsigned seed = 0; seed < 500; seed++) {
		struct exports_generator_options options = {
			.seed = seed,
			.broken = (enum exports_brokenness)(seed % 3),
			.lines = 12,
		};
		struct strbuf text = { 0 };

		exports_generate(&options, &text);
		for (size_t i = 0; i < rule_count; i++)
			if (!(rule_catalog[i]->needs & NEEDS_SERVER))
				count += check_fixes(rule_catalog[i], text.data,
						     old_server, false);
		strbuf_free(&text);
	}
	assert_true(count > 500);
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
			    rule->check_table || rule->check_suppressions);
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
		cmocka_unit_test(test_fixes_of_examples),
		cmocka_unit_test(test_fixes_of_generated_files),
		cmocka_unit_test(test_problems_are_claimed),
		cmocka_unit_test(test_finer_rule_wins),
		cmocka_unit_test(test_texts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
