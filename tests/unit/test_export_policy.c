#include "export_policy.h"

#include "etab_format.h"
#include "unit_test.h"

static const struct export_rules rules_262 = {
	.target = { VERSION_NUMBER(2, 6, 2), VERSION_NUMBER(6, 1, 0) },
	.flavor_mask = EXPORT_FLAVOR_MASK_DEFAULT,
};

/* Applies defaults, if any, and a client's list; the etab text or NULL. */
static const char *options_text(struct arena *arena,
				const struct export_rules *rules,
				const char *defaults, const char *list)
{
	struct export_policy policy = export_policy_default();
	struct option_problem problem;
	struct strbuf text = { 0 };
	const char *copy;

	if (defaults && !export_policy_apply(arena, rules, str_of(defaults), 1,
					     &policy, &problem))
		return NULL;
	if (!export_policy_apply(arena, rules, str_of(list), 2, &policy,
				 &problem))
		return NULL;
	etab_format_options(&text, &policy, rules);
	copy = arena_copy(arena, text.data, text.length);
	strbuf_free(&text);
	return copy;
}

/* The part of the etab text from the fsid= and anonuid= on. */
static const char *tail(const char *text)
{
	const char *at = strstr(text, "no_pnfs,");

	assert_non_null(at);
	return at + strlen("no_pnfs,");
}

static void test_default(void **state)
{
	struct arena *arena = arena_new();

	(void)state;
	assert_string_equal(
		options_text(arena, &rules_262, NULL, "rw"),
		"rw,sync,wdelay,hide,nocrossmnt,secure,root_squash,"
		"no_all_squash,no_subtree_check,secure_locks,acl,no_pnfs,"
		"anonuid=65534,anongid=65534,sec=sys,rw,root_squash,"
		"no_all_squash");
	arena_free(arena);
}

/* Each row: -options, client options, what follows no_pnfs in etab. */
static void test_values(void **state)
{
	static const struct {
		const char *defaults, *list, *tail;
	} rows[] = {
#define SYS ",sec=sys,ro,root_squash,no_all_squash"
#define IDS "anonuid=65534,anongid=65534"
		{ NULL, "anonuid=4294967296", "anonuid=0,anongid=65534" SYS },
		{ NULL, "anongid=4294967295", "anonuid=65534,anongid=-1" SYS },
		{ NULL, "anonuid= +07", "anonuid=7,anongid=65534" SYS },
		{ NULL, "fsid=root", "fsid=0," IDS SYS },
		{ NULL, "fsid=0x10", "fsid=16," IDS SYS },
		{ NULL, "fsid=010", "fsid=8," IDS SYS },
		{ NULL, "fsid=-1", "fsid=-1," IDS SYS },
		{ NULL, "fsid=12345678901234567890123456789012",
		  "fsid=-1," IDS SYS },
		{ NULL, "fsid=a2345678-1234-1234-1234-123456789012",
		  "fsid=a2345678-1234-1234-1234-123456789012," IDS SYS },
		{ NULL, "fsid=1,fsid=12345678-1234-1234-1234-12345678901a",
		  "fsid=12345678,fsid=12345678-1234-1234-1234-12345678901a," IDS
			  SYS },
		{ NULL, "mp", "mountpoint," IDS SYS },
		{ NULL, "mountpoint=/m,mp=/n", "mountpoint=/n," IDS SYS },
		{ NULL, "refer=/a@h,replicas=/b c@k",
		  "replicas=/b\\040c@k," IDS SYS },
		{ NULL, "squash_uids=1-2,squash_uids=5",
		  "squash_uids=1-2,5," IDS SYS },
		{ NULL, "squash_gids=1-2", "squash_gids=" IDS SYS },
		{ NULL, "sec=unix:sys",
		  IDS ",sec=unix,ro,root_squash,"
		      "no_all_squash" },
		{ NULL, "sec=krb5,rw,no_root_squash,sec=sys",
		  IDS ",sec=krb5:sys,rw,no_root_squash,no_all_squash" },
		{ NULL, "sec=krb5,rw,sec=sys,ro",
		  IDS ",sec=krb5,rw,root_squash,no_all_squash,sec=sys,ro,"
		      "root_squash,no_all_squash" },
		{ NULL, "sec=sys,async,sec=krb5,sync",
		  IDS ",sec=sys,ro,root_squash,no_all_squash,sec=krb5,ro,"
		      "root_squash,no_all_squash" },
		{ "sec=sys,rw,no_root_squash", "ro",
		  IDS ",sec=sys,rw,no_root_squash,no_all_squash" },
		{ "sec=krb5", "sec=sys",
		  IDS ",sec=krb5:sys,ro,root_squash,no_all_squash" },
		{ "anonuid=5", "", "anonuid=5,anongid=65534" SYS },
#undef SYS
#undef IDS
	};
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		const char *text = options_text(arena, &rules_262,
						rows[i].defaults, rows[i].list);

		assert_non_null(text);
		assert_string_equal(tail(text), rows[i].tail);
	}
	arena_free(arena);
}

static void test_refused(void **state)
{
	static const struct {
		const char *list, *option, *message;
	} rows[] = {
		{ "rw,no_root_sqash", "no_root_sqash",
		  "unknown option `no_root_sqash` (did you mean "
		  "`no_root_squash`?)" },
		{ "RW", "RW", "unknown option `RW` (did you mean `rw`?)" },
		{ "rw,,sync", "", "empty option" },
		{ "ro=1", "ro=1", NULL },
		{ "fsid", "fsid", NULL },
		{ "fsid=", "fsid=", NULL },
		{ "anonuid=bob", "anonuid=bob",
		  "`anonuid=bob` must be a decimal number" },
		{ "anonuid=0x5", "anonuid=0x5", NULL },
		{ "anonuid=", "anonuid=", NULL },
		{ "sec=sys:", "sec=sys:", NULL },
		{ "sec=krb6", "sec=krb6", NULL },
		{ "sec=SYS", "sec=SYS", NULL },
		{ "squash_uids=4294967295", "squash_uids=4294967295", NULL },
		{ "squash_uids=5--1", "squash_uids=5--1", NULL },
		{ "squash_uids=-1-5", "squash_uids=-1-5", NULL },
		{ "squash_uids=1x", "squash_uids=1x", NULL },
		{ "refer", "refer", NULL },
		{ "fsid=a2345678-1234-1234-1234-1234567890123",
		  "fsid=a2345678-1234-1234-1234-1234567890123", NULL },
		{ "ro ", "ro ", NULL },
		{ "sign_fh", "sign_fh",
		  "option `sign_fh` is unknown to nfs-utils 2.6.2; it came "
		  "with 2.9.1" },
	};
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct export_policy policy = export_policy_default();
		struct option_problem problem;

		assert_false(export_policy_apply(arena, &rules_262,
						 str_of(rows[i].list), 1,
						 &policy, &problem));
		assert_true(str_is(problem.option, rows[i].option));
		if (rows[i].message)
			assert_string_equal(problem.message, rows[i].message);
	}
	arena_free(arena);
}

static void test_newer_targets(void **state)
{
	struct export_rules rules = rules_262;
	struct arena *arena = arena_new();

	(void)state;
	assert_null(options_text(arena, &rules, NULL, "xprtsec=tls"));
	rules.target.nfs_utils = VERSION_NUMBER(2, 9, 1);
	rules.flavor_mask = 0xf;
	assert_string_equal(
		tail(options_text(arena, &rules, NULL,
				  "insecure,fsid=3,reexport=auto-fsidnum,"
				  "xprtsec=mtls:tls:mtls")),
		"fsid=3,reexport=auto-fsidnum,anonuid=65534,anongid=65534,"
		"sec=sys,ro,insecure,root_squash,no_all_squash,"
		"xprtsec=mtls:tls");
	assert_null(options_text(arena, &rules, NULL, "reexport=none,fsid=3"));
	assert_null(options_text(arena, &rules, NULL,
				 "reexport=none,reexport=none"));
	/* the number that a UUID begins with counts from then on */
	assert_non_null(
		strstr(options_text(arena, &rules, NULL,
				    "fsid=12345678-1234-1234-1234-12345678901a,"
				    "reexport=none"),
		       "fsid=12345678,fsid=12345678-1234"));
	arena_free(arena);
}

/* An option is known to the release that brought it, not to the one before. */
static void test_first_releases(void **state)
{
	static const struct {
		const char *list;
		version_number since, before;
	} rows[] = {
		{ "nordirplus", VERSION_NUMBER(1, 3, 1),
		  VERSION_NUMBER(1, 3, 0) },
		{ "pnfs", VERSION_NUMBER(1, 3, 3), VERSION_NUMBER(1, 3, 2) },
		{ "security_label", VERSION_NUMBER(1, 3, 5),
		  VERSION_NUMBER(1, 3, 4) },
		{ "reexport=none", VERSION_NUMBER(2, 6, 3),
		  VERSION_NUMBER(2, 6, 2) },
		{ "xprtsec=tls", VERSION_NUMBER(2, 6, 3),
		  VERSION_NUMBER(2, 6, 2) },
		{ "sign_fh", VERSION_NUMBER(2, 9, 1), VERSION_NUMBER(2, 9, 0) },
	};
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct export_rules rules = rules_262;

		rules.target.nfs_utils = rows[i].since;
		assert_non_null(
			options_text(arena, &rules, NULL, rows[i].list));
		rules.target.nfs_utils = rows[i].before;
		assert_null(options_text(arena, &rules, NULL, rows[i].list));
	}
	arena_free(arena);
}

static void test_listing_order(void **state)
{
	struct export_policy policy = export_policy_default();
	struct export_rules rules = rules_262;
	struct arena *arena = arena_new();
	struct option_problem problem;
	struct strbuf text = { 0 };

	(void)state;
	rules.target.nfs_utils = VERSION_NUMBER(2, 9, 1);
	assert_true(export_policy_apply(
		arena, &rules,
		STR("mp=/m,fsid=3,reexport=auto-fsidnum,nordirplus,"
		    "security_label,sign_fh,no_acl,pnfs,anongid=4"),
		1, &policy, &problem));
	etab_format_listing(&text, &policy, &rules);
	assert_true(str_is(strbuf_str(&text),
			   "sync,wdelay,hide,no_subtree_check,nordirplus,"
			   "security_label,sign_fh,no_acl,pnfs,fsid=3,"
			   "reexport=auto-fsidnum,mountpoint=/m,anongid=4,"
			   "sec=sys,ro,root_squash,no_all_squash"));
	strbuf_free(&text);
	arena_free(arena);
}

static void test_origins(void **state)
{
	struct export_policy policy = export_policy_default();
	struct arena *arena = arena_new();
	struct option_problem problem;

	(void)state;
	assert_true(export_policy_apply(arena, &rules_262, STR("rw,async"), 1,
					&policy, &problem));
	assert_true(export_policy_apply(arena, &rules_262, STR("mp,ro"), 2,
					&policy, &problem));
	assert_int_equal(policy.origins[OPTION_READ_ONLY].list, 2);
	assert_int_equal(policy.origins[OPTION_READ_ONLY].offset, 3);
	assert_int_equal(policy.origins[OPTION_ASYNC].list, 1);
	assert_int_equal(policy.origins[OPTION_WDELAY].list, 0);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_default),
		cmocka_unit_test(test_values),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_newer_targets),
		cmocka_unit_test(test_first_releases),
		cmocka_unit_test(test_listing_order),
		cmocka_unit_test(test_origins),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
