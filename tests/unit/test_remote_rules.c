#include "rule_catalog.h"
#include "rule_runner.h"
#include "server_survey.h"
#include "unit_test.h"

static struct str one[] = { STR("/srv") };
static struct str three[] = { STR("/a"), STR("/b\0c"), STR("/d") };

#define ONE                                                                    \
	{                                                                      \
		.count = 1, .named = { one, 1, 1 }                             \
	}
#define MANY                                                                   \
	{                                                                      \
		.count = 5, .named = { three, 3, 3 }                           \
	}

/* A survey, the rule that finds something in it, and what it says. */
static const struct {
	const char *slug, *message;
	struct server_survey survey;
} rows[] = {
	{ "remote-world-export",
	  "everybody who reaches the server may mount /srv",
	  { .for_everybody = ONE } },
	{ "remote-lists-exports",
	  "2 exports are told to whoever asks for the list",
	  { .exports = 2 } },
	{ "remote-lists-clients",
	  "1 mount is told, with the names of the clients, to whoever asks for "
	  "the list",
	  { .tells_mounts = true, .mounts = 1 } },
	{ "remote-auth-sys",
	  "of who uses /a, /b, /d and 2 more the server knows only what the "
	  "client's host says, sec=sys",
	  { .with_sys = MANY } },
	{ "remote-auth-none",
	  "who uses /srv need not even claim to be somebody, sec=none",
	  { .with_none = ONE } },
	{ "remote-insecure-port",
	  "any user of a client, not only root, can send requests for /srv, "
	  "since a port above 1023 is good enough",
	  { .reached = ONE, .entered = ONE } },
	{ NULL, NULL, { .reached = ONE } },
	{ "remote-old-version",
	  "the server speaks NFSv2",
	  { .nfs_versions = 1 << 2 | 1 << 3 } },
	{ "remote-udp", "the server speaks NFS over UDP", { .nfs_udp = true } },
	{ "remote-no-tls",
	  "the server does not offer RPC-with-TLS, so what is not protected by "
	  "Kerberos is readable on its way",
	  { .tls = SURVEY_TLS_NONE } },
	{ "remote-tls-optional",
	  "RPC-with-TLS is offered, but /srv can be had without",
	  { .tls = SURVEY_TLS_OFFERED,
	    .reached = ONE,
	    .entered = ONE,
	    .from_reserved_port = true } },
	{ "remote-v4-only",
	  "the server speaks NFSv4 only: this is the part of it that this host "
	  "may see",
	  { .is_nfs4 = true, .exports = 3, .nfs_versions = 1 << 4 } },
	{ "remote-v4-only",
	  "the server speaks older versions than NFSv4, too, but its MOUNT "
	  "service gives no list: this is the part of it that this host may "
	  "see",
	  { .is_nfs4 = true, .nfs_versions = 1 << 3 | 1 << 4 } },
	{ "remote-malformed-reply",
	  "the server's reply is not what a sound server sends: too much",
	  { .malformed = true, .error = "too much" } },
	{ "remote-malformed-reply",
	  "names of exports have bytes that are not to be printed: /srv",
	  { .unprintable = ONE } },
	{ "remote-rpcbind-amplifies",
	  "rpcbind answers over UDP, so whoever reaches the server may have it "
	  "send 1028 bytes to somebody else for 68 of his own",
	  { .rpcbind_udp = true, .rpcbind_list = 1000 } },
	{ "remote-rpcbind-amplifies",
	  "rpcbind answers over UDP, so whoever reaches the server may have it "
	  "send more to somebody else than he sends himself",
	  { .rpcbind_udp = true, .rpcbind_list = 65508 } },
	{ NULL, NULL, { .rpcbind_list = 1000 } },
	{ NULL, NULL, { .tls = SURVEY_TLS_OFFERED, .nfs_versions = 1 << 4 } },
	{ NULL, NULL, { .tells_mounts = true, .from_reserved_port = true } },
};

static void run_all(struct arena *arena, const struct server_survey *survey,
		    struct finding_list *findings)
{
	static const struct export_documents documents;
	const struct export_table table = { .input.documents = &documents };
	struct local_state local = { .survey = survey };

	for (size_t i = 0; i < rule_count; i++)
		if (rule_catalog[i]->needs & NEEDS_REMOTE)
			rule_run(arena, &table, &local, rule_catalog[i],
				 findings);
}

static void test_surveys(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct arena *arena = arena_new();
		struct finding_list findings = { 0 };

		run_all(arena, &rows[i].survey, &findings);
		assert_int_equal(findings.list.count, rows[i].slug != NULL);
		if (rows[i].slug) {
			const struct finding *finding = findings.list.items;

			assert_string_equal(finding->rule->slug, rows[i].slug);
			assert_string_equal(finding->message, rows[i].message);
		}
		arena_free(arena);
	}
}

/* What a public address makes of it. */
static void test_public_address(void **state)
{
	static const struct {
		const char *address;
		enum severity severity;
	} places[] = {
		{ "8.8.8.8", SEVERITY_MEDIUM },
		{ "10.1.2.3", SEVERITY_LOW },
		{ "fd00::1", SEVERITY_LOW },
		{ "2a00::1", SEVERITY_MEDIUM },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(places); i++) {
		struct arena *arena = arena_new();
		struct finding_list findings = { 0 };
		struct server_survey survey = { .rpcbind_udp = true };

		assert_true(ip_address_parse(str_of(places[i].address),
					     &survey.address));
		run_all(arena, &survey, &findings);
		assert_int_equal(findings.list.count, 1);
		assert_int_equal(findings.list.items[0].severity,
				 places[i].severity);
		arena_free(arena);
	}
}

/* So that one more is a new finding. */
static void test_each_export_for_everybody(void **state)
{
	static const struct {
		const char *path, *message;
	} found[] = {
		{ "/a", "everybody who reaches the server may mount /a" },
		{ "/b", "everybody who reaches the server may mount /b" },
		{ "/d", "everybody who reaches the server may mount /d" },
		{ "", "everybody who reaches the server may mount 2 more "
		      "exports" },
	};
	struct server_survey survey = { .for_everybody = MANY };
	struct arena *arena = arena_new();
	struct finding_list findings = { 0 };

	(void)state;
	run_all(arena, &survey, &findings);
	assert_int_equal(findings.list.count, COUNT(found));
	for (size_t i = 0; i < COUNT(found); i++) {
		const struct finding *finding = &findings.list.items[i];

		assert_true(str_is(finding->path, found[i].path));
		assert_string_equal(finding->message, found[i].message);
	}
	arena_free(arena);
}

static bool has_row(const struct rule *rule)
{
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
		if (rows[i].slug && strcmp(rows[i].slug, rule->slug) == 0)
			return true;
	return false;
}

static void test_every_rule_has_a_survey(void **state)
{
	(void)state;
	for (size_t i = 0; i < rule_count; i++)
		if (rule_catalog[i]->needs & NEEDS_REMOTE)
			assert_true(has_row(rule_catalog[i]));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_surveys),
		cmocka_unit_test(test_public_address),
		cmocka_unit_test(test_each_export_for_everybody),
		cmocka_unit_test(test_every_rule_has_a_survey),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
