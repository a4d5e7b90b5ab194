#include "mountd_drift.h"

#include "live_state.h"
#include "rule_catalog.h"
#include "rule_runner.h"
#include "table_fixture.h"
#include "unit_test.h"

/* Adds a list from lines of a path and its clients to an empty view. */
static void announce(struct arena *arena, const char *text,
		     struct mountd_view *view)
{
	struct str rest = str_of(text), line, word;

	while (str_take(&rest, '\n', &line)) {
		struct announced_export *export =
			ARRAY_ADD(arena, &view->exports);

		assert_true(str_take(&line, ' ', &export->path));
		export->first_client = (uint32_t)view->clients.count;
		while (str_take(&line, ' ', &word))
			*ARRAY_ADD(arena, &view->clients) = word;
		export->client_count =
			(uint32_t)view->clients.count - export->first_client;
	}
}

/* "-" is lacking, "+" is only announced; "?" may be a name that had no
 * address. */
static void describe(const struct mountd_drifts *drifts, struct strbuf *out)
{
	static const char signs[] = {
		[MOUNTD_LACKS_PATH] = '-',
		[MOUNTD_HAS_PATH] = '+',
		[MOUNTD_LACKS_CLIENT] = '-',
		[MOUNTD_HAS_CLIENT] = '+',
	};

	strbuf_add_text(out, "");
	for (size_t i = 0; i < drifts->list.count; i++) {
		const struct mountd_drift *drift = &drifts->list.items[i];

		strbuf_printf(out, "%s%c%.*s%s%.*s%s", i ? " " : "",
			      signs[drift->kind], STR_ARG(drift->path),
			      drift->client.length ? "," : "",
			      STR_ARG(drift->client),
			      drift->by_name ? "?" : "");
		assert_true((drift->entry != NULL) ==
			    (drift->kind == MOUNTD_LACKS_PATH ||
			     drift->kind == MOUNTD_LACKS_CLIENT));
	}
}

static const struct fixture_path paths[] = {
	{ "/link", "/real" },
	{ 0 },
};

static void test_differences(void **state)
{
	static const struct {
		const char *etab, *announced, *drift;
	} rows[] = {
		{ "", "", "" },
		{ "/p 10.0.0.1\n", "/p 10.0.0.1\n", "" },
		{ "/p 10.0.0.1 h @g\n", "/p @g 10.0.0.1 h\n", "" },
		{ "/p h\n", "/p H\n", "" },
		{ "/p 10.0.0.1\n", "", "-/p" },
		{ "", "/p 10.0.0.1\n", "+/p" },
		{ "/p h\n/q h *\n", "", "-/p? -/q" },
		{ "/p 10.0.0.1 h\n", "/p h\n", "-/p,10.0.0.1" },
		{ "/p 10.0.0.1 h\n", "/p 10.0.0.1\n", "-/p,h?" },
		{ "/p h\n", "/p h k\n", "+/p,k" },
		{ "/p h\n", "/p k\n", "-/p,h +/p,k" },
		/* everybody is nobody's name, and no name beside others */
		{ "/p *\n", "/p *\n", "" },
		{ "/p *\n", "/p\n", "" },
		{ "/p\n", "/p *\n", "" },
		{ "/p h 10.0.0.0/8 *\n", "/p\n", "" },
		{ "/p h *\n", "/p h\n", "-/p,*" },
		{ "/p h\n", "/p\n", "+/p,*" },
		{ "/p h\n", "/p *\n", "+/p,*" },
		{ "/p * gss/krb5\n", "/p gss/krb5 *\n", "" },
		{ "/p h * gss/krb5\n", "/p gss/krb5\n", "" },
		{ "/p * gss/krb5\n", "/p\n", "-/p,gss/krb5" },
		/* hosts that others of the path stand for */
		{ "/p 10.0.0.1 10.0.0.0/8\n", "/p 10.0.0.0/8\n", "" },
		{ "/p 11.0.0.1 10.0.0.0/8\n", "/p 10.0.0.0/8\n",
		  "-/p,11.0.0.1" },
		{ "/p fd00::1 10.0.0.0/8\n", "/p 10.0.0.0/8\n", "-/p,fd00::1" },
		{ "/p h 10.0.0.0/8\n", "/p 10.0.0.0/8\n", "" },
		{ "/p 10.0.0.1 *.example\n", "/p *.example\n", "" },
		{ "/p h @g\n", "/p @g\n", "" },
		{ "/p 10.0.0.1 gss/krb5\n", "/p gss/krb5\n", "-/p,10.0.0.1" },
		{ "/p h\n/q @g\n", "/p\n/q @g\n", "+/p,*" },
		/* what mountd can't read has nothing to do with it */
		{ "/p h\n/q h(rwx)\n/r h\n", "/p h\n", "" },
		{ "/p h\n/q h(rwx)\n", "/p h\n/q h\n", "+/q" },
		{ "/link h\n", "/link h\n", "" },
		{ "/link h\n", "/real h\n", "" },
		{ "/real h\n/link k\n", "/link h k\n", "" },
		{ "/link h\n", "", "-/real?" },
		{ "/link h k\n", "/link h\n", "-/real,k?" },
		/* no mountd says that */
		{ "/p h\n", "/p h\n/p k\n", "" },
		{ "/p h\n", "/p h h\n", "" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct table_fixture etab = { 0 };
		struct mountd_view view = { 0 };
		struct mountd_drifts drifts;
		struct strbuf text = { 0 };

		table_fixture_init(&etab);
		etab.paths = paths;
		table_fixture_add(&etab, str_of(rows[i].etab));
		table_fixture_build(&etab);
		announce(etab.arena, rows[i].announced, &view);
		mountd_drift_find(etab.arena, &etab.table, &view, &drifts);
		describe(&drifts, &text);
		if (!str_is(strbuf_str(&text), rows[i].drift))
			fail_msg("%s announced as %s: %.*s, not %s",
				 rows[i].etab, rows[i].announced,
				 STR_ARG(strbuf_str(&text)), rows[i].drift);
		strbuf_free(&text);
		table_fixture_free(&etab);
	}
}

/* Names that have no address now, and two that have the same. */
static void test_names(void **state)
{
	static const struct fixture_name names[] = {
		{ "one", "one", "10.0.0.1" },
		{ "same", "one", "10.0.0.1" },
		{ 0 },
	};
	static const struct {
		const char *announced, *drift;
	} rows[] = {
		{ "/p one\n/q one\n", "" },
		{ "/p one same gone\n/q gone one\n/r gone\n", "" },
		{ "/p one\n/q gone\n", "-/q,one?" },
	};
	struct table_fixture etab = { 0 };

	(void)state;
	table_fixture_init(&etab);
	etab.names = names;
	table_fixture_add(&etab,
			  STR("/p one same gone\n/q gone one\n/r gone\n"));
	table_fixture_build(&etab);
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct mountd_view view = { 0 };
		struct mountd_drifts drifts;
		struct strbuf text = { 0 };

		announce(etab.arena, rows[i].announced, &view);
		mountd_drift_find(etab.arena, &etab.table, &view, &drifts);
		describe(&drifts, &text);
		assert_string_equal(strbuf_str(&text).data, rows[i].drift);
		strbuf_free(&text);
	}
	table_fixture_free(&etab);
}

static void test_causes(void **state)
{
	static const struct {
		const char *etab, *announced;
		struct mountd_view view; /* but for its list */
		const char *message;
	} rows[] = {
		{ "/p 10.0.0.1\n",
		  "",
		  { .process = MOUNTD_UNSEEN },
		  "mountd does not export /p, which etab has: etab was edited "
		  "in place, or mountd reads that of another state directory "
		  "or mount namespace" },
		{ "/p 10.0.0.1\n",
		  "",
		  { .process = MOUNTD_UNSEEN, .edited = true },
		  "mountd does not export /p, which etab has: etab was edited "
		  "in place, which mountd does not notice" },
		{ "/p 10.0.0.1\n",
		  "",
		  { .process = MOUNTD_READS_ANOTHER,
		    .reads = "/other/etab",
		    .edited = true },
		  "mountd does not export /p, which etab has: mountd reads "
		  "/other/etab" },
		{ "/p 10.0.0.1\n",
		  "/p *\n",
		  { .process = MOUNTD_READS_ETAB },
		  "mountd exports /p to *, which etab does not have: etab was "
		  "edited in place, which mountd does not notice" },
		{ "/p h\n",
		  "",
		  { .process = MOUNTD_READS_ETAB },
		  "mountd does not export /p, which etab has: perhaps the name "
		  "had no address when mountd read etab" },
		{ "/p h\n",
		  "",
		  { .process = MOUNTD_READS_ANOTHER, .reads = "/other/etab" },
		  "mountd does not export /p, which etab has: mountd reads "
		  "/other/etab" },
		{ "/p h\n",
		  "/p h\n/q h\n",
		  { .process = MOUNTD_READS_ANOTHER, .reads = "/etab" },
		  "mountd exports /q, which etab does not have: mountd runs in "
		  "another mount namespace and reads the etab there" },
		{ "/p *\n/q *\n",
		  "",
		  { .process = MOUNTD_UNSEEN },
		  "mountd exports nothing, and etab has 2 paths: etab was "
		  "edited in place, or mountd reads that of another state "
		  "directory or mount namespace" },
		{ "",
		  "/p *\n/q *\n",
		  { .process = MOUNTD_READS_ANOTHER, .reads = "/other/etab" },
		  "mountd exports 2 paths, and etab has none: mountd reads "
		  "/other/etab" },
		{ "/p *\n",
		  "/q *\n",
		  { .process = MOUNTD_ABSENT },
		  "the MOUNT service of this host exports 1 path, and not one "
		  "of the 1 that etab has: another server answers in the "
		  "place of mountd" },
		{ "/p *\n/q 10.0.0.1\n",
		  "/q *\n",
		  { .process = MOUNTD_ABSENT },
		  "what the MOUNT service of this host exports and what etab "
		  "has differ in 2 places: another server answers in the "
		  "place of mountd" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct table_fixture etab = { 0 };
		struct finding_list findings = { 0 };
		struct mountd_view view = rows[i].view;
		struct live_etab file = { .text = str_of(rows[i].etab) };
		struct live_state live = { .etab = &file, .mountd = &view };
		struct local_state local = { .live = &live };

		table_fixture_init(&etab);
		etab.paths = paths;
		table_fixture_add(&etab, file.text);
		table_fixture_build(&etab);
		live.in_force = &etab.table;
		*ARRAY_ADD(etab.arena, &local.sources) =
			(struct source){ .name = "/etab", .text = file.text };
		announce(etab.arena, rows[i].announced, &view);
		rule_run(etab.arena, &etab.table, &local,
			 rule_find("drift-remote-view"), &findings);
		assert_int_equal(findings.list.count, 1);
		assert_string_equal(findings.list.items[0].message,
				    rows[i].message);
		table_fixture_free(&etab);
	}
}

/* A hostile answer names one path, or one client, again and again. */
static void test_many(void **state)
{
	enum { TIMES = 200000 };
	struct table_fixture etab;
	struct mountd_view view = { 0 };
	struct mountd_drifts drifts;

	(void)state;
	table_fixture_of(&etab, "/p 10.0.0.1 10.0.0.2 10.0.0.3\n");
	for (size_t i = 0; i < TIMES; i++) {
		*ARRAY_ADD(etab.arena, &view.clients) = STR("10.0.0.1");
		*ARRAY_ADD(etab.arena, &view.exports) =
			(struct announced_export){ STR("/p"), 0, TIMES };
	}
	mountd_drift_find(etab.arena, &etab.table, &view, &drifts);
	assert_int_equal(drifts.list.count, 2);
	assert_int_equal(drifts.common, 1);
	table_fixture_free(&etab);
}

/* A path with many hosts that none of its many networks stands for. */
static void test_many_networks(void **state)
{
	enum { CLIENTS = 12000 };
	struct table_fixture etab = { 0 };
	struct strbuf text = { 0 };
	struct mountd_view view = { 0 };
	struct mountd_drifts drifts;

	(void)state;
	strbuf_add_text(&text, "/p");
	for (unsigned i = 0; i < CLIENTS; i++)
		strbuf_printf(&text, " 10.1.%u.%u 11.%u.%u.0/24", i / 250,
			      i % 250, i / 250, i % 250);
	strbuf_add_char(&text, '\n');
	table_fixture_init(&etab);
	table_fixture_add(&etab, strbuf_str(&text));
	table_fixture_build(&etab);
	announce(etab.arena, "/p @group\n", &view);
	mountd_drift_find(etab.arena, &etab.table, &view, &drifts);
	assert_true(drifts.list.count > CLIENTS);
	strbuf_free(&text);
	table_fixture_free(&etab);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_differences),
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_causes),
		cmocka_unit_test(test_many),
		cmocka_unit_test(test_many_networks),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
