#include "export_rights.h"

#include "table_fixture.h"
#include "unit_test.h"

static struct export_policy policy_of(struct arena *arena, const char *options)
{
	static const struct export_rules rules = {
		.target = { NFS_UTILS_NEWEST, KERNEL_NEWEST },
		.flavor_mask = EXPORT_FLAVOR_MASK_DEFAULT,
	};
	struct export_policy policy = export_policy_default();
	struct option_problem problem;

	assert_true(export_policy_apply(arena, &rules, str_of(options), 1,
					&policy, &problem));
	return policy;
}

static void test_beyond(void **state)
{
	static const struct {
		const char *lax, *strict;
		unsigned rights;
	} rows[] = {
		{ "ro", "ro", 0 },
		{ "ro", "rw", 0 },
		{ "rw", "ro", RIGHT_WRITE | RIGHT_IDENTITY },
		{ "rw,all_squash", "ro", RIGHT_WRITE },
		{ "rw", "rw,all_squash", RIGHT_IDENTITY },
		/* Reading with one's own uid is not held against it. */
		{ "ro", "rw,all_squash", 0 },
		{ "ro,no_root_squash", "ro", RIGHT_ROOT },
		{ "rw,no_root_squash,all_squash", "rw", 0 },
		{ "ro", "ro,sec=krb5", RIGHT_FLAVOR },
		{ "ro,sec=krb5", "ro", 0 },
		{ "ro,sec=krb5p", "ro,sec=krb5i:krb5", 0 },
		{ "ro,sec=none", "ro", RIGHT_FLAVOR },
		{ "rw,sec=krb5p", "rw,sec=sys", 0 },
		{ "rw,sec=krb5p", "sec=sys,ro,sec=krb5p,rw", 0 },
		{ "rw,sec=krb5", "sec=sys,ro,sec=krb5p,rw",
		  RIGHT_WRITE | RIGHT_IDENTITY },
		{ "rw", "rw,xprtsec=mtls", RIGHT_PLAIN },
		{ "rw,xprtsec=tls", "rw", 0 },
	};
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct export_policy lax = policy_of(arena, rows[i].lax);
		struct export_policy strict = policy_of(arena, rows[i].strict);
		unsigned rights = export_rights_beyond(&lax, &strict);

		if (rights != rows[i].rights)
			fail_msg("%s beyond %s: %u", rows[i].lax,
				 rows[i].strict, rights);
	}
	arena_free(arena);
}

static void test_agree(void **state)
{
	static const struct {
		const char *a, *b;
		bool agree;
	} rows[] = {
		{ "rw", "rw,sync,root_squash,sec=sys", true },
		{ "rw", "rw,sec=unix", true },
		{ "rw", "ro", false },
		{ "rw", "rw,async", false },
		{ "rw", "rw,anonuid=1000", false },
		{ "rw", "rw,fsid=1", false },
		{ "rw,mp", "rw", false },
		{ "rw,mp=/a", "rw,mp=/b", false },
		{ "sec=krb5:sys", "sec=krb5", false },
	};
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct export_policy a = policy_of(arena, rows[i].a);
		struct export_policy b = policy_of(arena, rows[i].b);

		if (export_policies_agree(&a, &b) != rows[i].agree ||
		    export_policies_agree(&b, &a) != rows[i].agree)
			fail_msg("%s and %s", rows[i].a, rows[i].b);
	}
	arena_free(arena);
}

static void test_text(void **state)
{
	static const struct {
		const char *options, *text;
	} rows[] = {
		{ "rw", "rw,root_squash" },
		{ "ro,no_root_squash", "ro,no_root_squash" },
		{ "rw,sec=krb5i:krb5p", "rw,root_squash,sec=krb5i:krb5p" },
		{ "sec=sys,ro,sec=krb5p,rw,no_root_squash",
		  "ro,root_squash,sec=sys and rw,no_root_squash,sec=krb5p" },
	};
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct export_policy policy = policy_of(arena, rows[i].options);

		assert_string_equal(export_rights_text(arena, &policy),
				    rows[i].text);
	}
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_beyond),
		cmocka_unit_test(test_agree),
		cmocka_unit_test(test_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
