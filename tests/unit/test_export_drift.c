#include "export_drift.h"

#include "etab_writer.h"
#include "table_fixture.h"
#include "unit_test.h"

/* What exportfs would write. */
static struct strbuf etab_of(const struct export_table *table)
{
	struct etab_writer writer = { .table = table };
	struct strbuf text = { 0 };

	for (size_t i = 0; i < table->order.count; i++)
		etab_writer_line(&writer, export_table_ordered(table, i),
				 &text);
	etab_writer_free(&writer);
	return text;
}

/* Each difference as "+PATH CLIENT", "-PATH CLIENT", "PATH CLIENT~FOUND" or
 * "PATH CLIENT: WANTED, not FOUND". */
static void describe(struct arena *arena, const struct export_drifts *drifts,
		     struct strbuf *out)
{
	for (size_t i = 0; i < drifts->list.count; i++) {
		const struct export_drift *drift = &drifts->list.items[i];

		strbuf_add_text(out, drift->kind == DRIFT_MISSING ? "-"
				     : drift->kind == DRIFT_EXTRA ? "+"
								  : "");
		strbuf_printf(out, "%.*s %.*s", STR_ARG(drift->path),
			      STR_ARG(drift->client));
		if (drift->kind == DRIFT_OTHER_NAME)
			strbuf_printf(out, "~%.*s",
				      STR_ARG(drift->found_client));
		if (drift->kind == DRIFT_OPTIONS)
			strbuf_printf(out, ": %s, not %s",
				      export_drift_options(arena, drift->wanted,
							   drift->found),
				      export_drift_options(arena, drift->found,
							   drift->wanted));
		strbuf_add_char(out, '\n');
	}
}

static void test_differences(void **state)
{
	static const struct {
		const char *files, *loaded, *drift;
	} rows[] = {
		{ "", "", "" },
		{ "/p h(rw)\n", "/p h(rw)\n", "" },
		{ "/p h(rw) *(ro)\n", "/p *(ro) h(rw)\n", "" },
		{ "/p h(rw)\n", "", "-/p h\n" },
		{ "", "/p h(rw)\n", "+/p h\n" },
		{ "/p h(rw)\n", "/p h(ro)\n", "/p h: rw, not ro\n" },
		{ "/p h(rw,no_root_squash)\n", "/p h(rw,insecure)\n",
		  "/p h: secure,no_root_squash, not insecure,root_squash\n" },
		{ "/p a b\n/q a\n", "/p a\n/q a c\n", "-/p b\n+/q c\n" },
		/* one host, as the resolver spells it */
		{ "/p h(rw) k.d\n", "/p H.d(rw) K\n", "" },
		{ "/p A.d(rw)\n", "/p a.D(rw)\n", "" },
		{ "/p h(rw) k(ro)\n", "/p h.d(ro) k.d(rw)\n",
		  "/p h: rw, not ro\n/p k: ro, not rw\n" },
		{ "/p h(rw) k(rw)\n", "/p k.d(rw)\n", "-/p h\n" },
		{ "/p h(rw) *.h(rw) @h(rw)\n", "/p h.d(rw)\n",
		  "-/p *.h\n-/p @h\n" },
		/* one host, if the name has the address, or is another one */
		{ "/p h(rw)\n", "/p 10.0.0.1(rw)\n", "/p h~10.0.0.1\n" },
		{ "/p h(rw) k(rw)\n", "/p 10.0.0.1(rw)\n",
		  "/p h~10.0.0.1\n-/p k\n" },
		{ "/p h.a(rw)\n", "/p h.b(rw)\n", "/p h.a~h.b\n" },
		{ "/p 10.0.0.1(rw) k(rw)\n/q h\n",
		  "/p h.d(rw) 10.0.0.2(rw)\n/q h.d\n",
		  "/p 10.0.0.1~h.d\n/p k~10.0.0.2\n" },
		{ "/p 10.0.0.1(rw)\n/q h\n", "/p h.d(rw)\n/q h.d\n",
		  "/p 10.0.0.1~h.d\n" },
		{ "/p 10.0.0.1(rw)\n", "/p h(rw)\n", "-/p 10.0.0.1\n+/p h\n" },
		{ "/p 10.0.0.1(rw)\n/q h\n", "/p 10.0.0.2(rw)\n/q h\n",
		  "-/p 10.0.0.1\n+/p 10.0.0.2\n" },
		{ "/p h(rw)\n", "/p 10.0.0.1(ro)\n", "-/p h\n+/p 10.0.0.1\n" },
		{ "\"/with space\" h\n", "", "-/with\\040space h\n" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct arena *arena = arena_new();
		struct table_fixture files, loaded;
		struct export_drifts drifts;
		struct strbuf etab, text = { 0 };

		table_fixture_of(&files, rows[i].files);
		table_fixture_of(&loaded, rows[i].loaded);
		etab = etab_of(&loaded.table);
		export_drift_find(arena, &files.table, strbuf_str(&etab),
				  &drifts);
		describe(arena, &drifts, &text);
		assert_string_equal(strbuf_str(&text).data, rows[i].drift);
		strbuf_free(&text);
		strbuf_free(&etab);
		table_fixture_free(&files);
		table_fixture_free(&loaded);
		arena_free(arena);
	}
}

/* The flags behind sec= are fewer while the kernel's server is not loaded. */
static void test_port_flags(void **state)
{
	static const struct {
		const char *etab;
		size_t drifts;
	} rows[] = {
		{ "ro,secure,x,sec=sys,ro", 0 },
		{ "ro,secure,x,sec=sys,ro,secure", 0 },
		{ "ro,insecure,x,sec=sys,ro", 1 },
		{ "ro,secure,x,sec=sys,rw", 1 },
	};
	struct str wanted = STR("ro,secure,x,sec=sys,ro,secure");

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		assert_int_equal(
			!export_drift_same(wanted, str_of(rows[i].etab)),
			rows[i].drifts);
}

/* An etab that somebody wrote by hand. */
static void test_odd_lines(void **state)
{
	static const char etab[] =
		"no_client\n/p\th\n/p\th(\n\n # /a *(rw)\n/p\th()x\n"
		"/s  k(rw) \n/q\t(ro)";
	struct arena *arena = arena_new();
	struct table_fixture files;
	struct export_drifts drifts;

	(void)state;
	table_fixture_of(&files, "");
	export_drift_find(arena, &files.table, str_of(etab), &drifts);
	assert_int_equal(drifts.list.count, 6);
	for (size_t i = 0; i < drifts.list.count; i++)
		assert_int_equal(drifts.list.items[i].kind, DRIFT_EXTRA);
	assert_true(str_is(drifts.list.items[4].path, "/s"));
	assert_true(str_is(drifts.list.items[4].client, "k"));
	assert_true(str_is(drifts.list.items[4].found, "rw"));
	assert_true(str_is(drifts.list.items[5].found, "ro"));
	assert_int_equal(drifts.list.items[5].line.end, strlen(etab));
	table_fixture_free(&files);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_differences),
		cmocka_unit_test(test_port_flags),
		cmocka_unit_test(test_odd_lines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
