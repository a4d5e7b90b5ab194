/* The rules about overlaps, by what they say of whole files. */
#include "path_decisions.h"

#include "rule_catalog.h"
#include "rule_runner.h"
#include "table_fixture.h"
#include "unit_test.h"

static const char *const slugs[] = {
	"broader-match-more-privileged",
	"conflicting-duplicate",
	"cross-file-duplicate",
	"crossmnt-inverts-precedence",
	"duplicate-entry",
	"nested-policy-mismatch",
	"order-decides-subnets",
	"overlapping-same-type",
	"shadowed-entry",
};

/* "slug severity client" of each finding, separated by "; ". */
static const char *found_in(struct table_fixture *fixture)
{
	struct finding_list findings = { 0 };
	const char *text = "";

	table_fixture_build(fixture);
	for (size_t i = 0; i < COUNT(slugs); i++)
		rule_run(fixture->arena, &fixture->table, NULL,
			 rule_find(slugs[i]), &findings);
	for (size_t i = 0; i < findings.list.count; i++) {
		const struct finding *finding = &findings.list.items[i];

		text = arena_printf(fixture->arena, "%s%s%s %s %.*s", text,
				    i ? "; " : "", finding->rule->slug,
				    severity_names[finding->severity],
				    STR_ARG(finding->client));
	}
	return text;
}

static void test_findings(void **state)
{
	static const struct {
		const char *text, *findings;
	} rows[] = {
		{ "/home/test 192.168.1.*(rw) *(ro)\n", "" },
		/* One cause is one finding. */
		{ "/s 10.0.0.0/8(rw) 10.1.0.0/16(ro)\n",
		  "order-decides-subnets medium 10.1.0.0/16" },
		{ "/s 10.0.0.0/8(rw) 10.1.0.0/16(ro) 10.2.0.0/16(ro)\n",
		  "order-decides-subnets medium 10.1.0.0/16" },
		{ "/s 10.0.0.0/8(rw) 10.1.0.0/16(rw) 10.2.0.0/16(rw)\n",
		  "shadowed-entry low 10.1.0.0/16" },
		{ "/s 10.0.0.0/24(rw) 10.0.0.1/24(ro)\n",
		  "shadowed-entry medium 10.0.0.1/24" },
		{ "/s 10.0.0.0(rw) 10.0.0.1(rw) 10.0.0.0/31(rw)\n",
		  "shadowed-entry medium 10.0.0.0/31" },
		{ "/s -ro\n/s *(rw)\n", "shadowed-entry medium *" },
		{ "/s *.example.com(rw) a*.example.com(ro)\n",
		  "shadowed-entry medium a*.example.com" },
		/* Harmless: narrower first, and no less than the broader. */
		{ "/s 10.0.0.5(rw) 10.0.0.0/24(ro) *(ro)\n", "" },
		{ "/s a*.example.com(ro) *.example.com(rw)\n", "" },
		{ "/s 10.0.0.5(ro) 10.0.0.0/24(rw)\n",
		  "broader-match-more-privileged high 10.0.0.5" },
		{ "/s 10.0.0.5(ro) 10.0.0.6(ro) 10.0.0.0/24(ro) *(rw)\n",
		  "broader-match-more-privileged high 10.0.0.5" },
		{ "/s a.example.com(ro) *.example.com(rw)\n",
		  "broader-match-more-privileged high a.example.com" },
		{ "/s a.example.com(ro) *.example.org(rw)\n", "" },
		{ "/s 10.0.0.0/24(sec=krb5) 10.0.0.0/8\n",
		  "broader-match-more-privileged high 10.0.0.0/24" },
		/* space-before-options and zero-prefix tell of these. */
		{ "/s 10.0.0.5 (rw)\n", "" },
		{ "/s 0.0.0.0/0(ro) *(rw)\n", "" },
		{ "/s 10.0.0.1/255.0.0.255(ro) 10.1.0.0/16(rw)\n",
		  "overlapping-same-type medium 10.1.0.0/16" },
		{ "/s 10.0.0.1/255.0.0.255(ro) 10.0.0.0/8(rw)\n", "" },
		/* Duplicates. */
		{ "/s 10.0.0.1(rw) 10.0.0.1(rw)\n",
		  "duplicate-entry low 10.0.0.1" },
		{ "/s 10.0.0.1(rw) 10.0.0.1(ro)\n",
		  "conflicting-duplicate high 10.0.0.1" },
		{ "/s 10.0.0.1 10.0.0.2\n/s 10.0.0.1 10.0.0.2\n",
		  "duplicate-entry low 10.0.0.1" },
		/* Paths below others. */
		{ "/s 10.0.0.0/8(rw)\n/s/a 10.0.0.1(ro)\n",
		  "nested-policy-mismatch high 10.0.0.1" },
		{ "/s 10.0.0.0/8(ro)\n/s/a/b 10.0.0.1(rw)\n",
		  "nested-policy-mismatch low 10.0.0.1" },
		{ "/ 10.0.0.1(rw)\n/s 10.0.0.1(ro)\n",
		  "nested-policy-mismatch high 10.0.0.1" },
		{ "/s 10.0.0.0/8(rw)\n/sa 10.0.0.1(ro)\n", "" },
		{ "/s 10.0.0.0/8(rw)\n/s/a 11.0.0.1(ro)\n", "" },
		{ "/s 10.0.0.0/8(ro,fsid=0)\n/s/a 10.0.0.1(rw)\n", "" },
		{ "/s 10.0.0.0/8(rw)\n/s/a 10.0.0.1(ro,nohide)\n", "" },
		{ "/s 10.0.0.1(ro,crossmnt)\n/s/a *(rw)\n",
		  "crossmnt-inverts-precedence high *" },
		{ "/s 10.0.0.1(ro)\n/s/a *(rw)\n", "" },
		{ "/s 10.0.0.1(rw,crossmnt)\n/s/a *(ro)\n", "" },
		{ "/s 10.0.0.1(ro,crossmnt)\n/s/a *(rw) 10.0.0.1(ro)\n",
		  "broader-match-more-privileged high 10.0.0.1" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct table_fixture fixture;
		const char *findings;

		table_fixture_init(&fixture);
		table_fixture_add(&fixture, str_of(rows[i].text));
		findings = found_in(&fixture);
		if (strcmp(findings, rows[i].findings) != 0)
			fail_msg("%s%s", rows[i].text, findings);
		table_fixture_free(&fixture);
	}
}

static void test_two_files(void **state)
{
	struct table_fixture fixture;

	(void)state;
	table_fixture_init(&fixture);
	table_fixture_add(&fixture, STR("/s 10.0.0.1(rw)\n"));
	table_fixture_add(&fixture, STR("/s 10.0.0.1(ro)\n"));
	assert_string_equal(found_in(&fixture),
			    "cross-file-duplicate medium 10.0.0.1");
	table_fixture_free(&fixture);
}

static void test_addresses_of_names(void **state)
{
	static const struct fixture_name names[] = {
		{ "a", "a.lan", "10.0.0.5 10.1.0.5" },
		{ 0 },
	};
	struct table_fixture fixture;

	(void)state;
	table_fixture_init(&fixture);
	fixture.names = names;
	table_fixture_add(&fixture, STR("/s a(ro) 10.0.0.0/24(rw)\n"));
	assert_string_equal(found_in(&fixture),
			    "broader-match-more-privileged high a.lan");
	table_fixture_free(&fixture);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_findings),
		cmocka_unit_test(test_two_files),
		cmocka_unit_test(test_addresses_of_names),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
