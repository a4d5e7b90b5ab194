#include "table_fixture.h"
#include "unit_test.h"

/* The states of all entries as letters, in the order of loading. */
static const char *states(const struct table_fixture *fixture)
{
	static const char letters[EXPORT_STATES] = {
		[EXPORT_LOADED] = 'l',	    [EXPORT_DUPLICATE] = 'd',
		[EXPORT_REJECTED] = 'r',    [EXPORT_UNRESOLVED] = 'u',
		[EXPORT_NOT_REACHED] = 'n', [EXPORT_LOST_ON_REREAD] = 'e',
	};
	size_t count = fixture->table.entries.count;
	char *text = arena_alloc(fixture->arena, count + 1);

	for (size_t i = 0; i < count; i++)
		text[i] = letters[fixture->table.entries.items[i].state];
	return text;
}

static void test_states(void **state)
{
	static const struct {
		const char *text, *states;
	} rows[] = {
		{ "", "" },
		{ "/p", "l" },
		{ "/p h1 h2\n/q *(rw)\n", "lll" },
		{ "/p h(rw) H(ro)\n", "ld" },
		{ "/p * (rw)\n", "ld" },
		{ "/p -ro -rw h\n", "ul" },
		{ "/p \"\" *\n", "ll" },
		{ "/p @ng @NG\n", "ld" },
		{ "/p 10.0.0.0/24 10.0.0.0/255.255.255.0\n", "ll" },
		{ "/p 10.1 10.0.0.1\n", "ld" },
		{ "/p fd00::5 FD00:0::5\n", "ld" },
		{ "/p h(rw,\n/q k\n", "rn" },
		{ "/p h(rw) k(bad) m\n/q n\n", "lrnn" },
		{ "/p -bad h k\n", "rn" },
		{ "/p -bad\n/q h\n", "rn" },
		{ "/p 10.0.0.0/33 h\n", "rl" },
		{ "/p h\n\r\n/q k\n", "ln" },
		{ "/p -squash_uids=1 h k\n/q m\n", "nnn" },
		{ "/p -squash_uids=1 h\n/q m\n", "ll" },
		{ "/p -squash_uids=1 h\n/q -squash_uids=1 m\n", "ll" },
		{ "/p -squash_gids=1 h k\n", "nn" },
		{ "/o h(bad)\n/p -bad k\n", "rn" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct table_fixture fixture;

		table_fixture_of(&fixture, rows[i].text);
		assert_string_equal(states(&fixture), rows[i].states);
		table_fixture_free(&fixture);
	}
}

static const struct fixture_name names[] = {
	{ "alpha", "alpha.example.org", "10.1.0.1" },
	{ "multi", "multi.example.org", "10.1.0.3 10.1.0.4" },
	{ "gamma", "gamma.example.org", "10.1.0.4" },
	{ 0 },
};

static void check_clients(const char *text, const char *expected_states,
			  const char *const *hosts)
{
	struct table_fixture fixture;

	table_fixture_init(&fixture);
	fixture.names = names;
	table_fixture_add(&fixture, str_of(text));
	table_fixture_build(&fixture);
	assert_string_equal(states(&fixture), expected_states);
	for (size_t i = 0; hosts[i]; i++) {
		const struct export_entry *entry =
			&fixture.table.entries.items[i];

		if (entry->client != UINT32_MAX)
			assert_true(str_is(
				fixture.table.clients.list.items[entry->client]
					.name,
				hosts[i]));
	}
	table_fixture_free(&fixture);
}

/* Hosts with an address in common are one client, named by the first. */
static void test_shared_addresses(void **state)
{
	(void)state;
	check_clients("/a alpha(rw) 10.1.0.1(ro)\n", "ld",
		      (const char *[]){ "alpha.example.org",
					"alpha.example.org", NULL });
	check_clients("/a multi\n/b 10.1.0.4\n/c gamma\n", "lll",
		      (const char *[]){ "multi.example.org",
					"multi.example.org",
					"multi.example.org", NULL });
	check_clients(
		"/a 10.1.0.4\n/b multi\n/c 10.1.0.3\n", "lll",
		(const char *[]){ "10.1.0.4", "10.1.0.4", "10.1.0.3", NULL });
	check_clients("/a nobody.invalid alpha\n", "ul",
		      (const char *[]){ "", "alpha.example.org", NULL });
	check_clients(
		"/a 10.1.0.3\n/b 10.1.0.4\n/c multi\n", "lll",
		(const char *[]){ "10.1.0.3", "10.1.0.4", "10.1.0.3", NULL });
}

/* Only names are looked up, each once. */
static void test_names_to_look_up(void **state)
{
	struct table_fixture fixture;

	(void)state;
	table_fixture_init(&fixture);
	fixture.names = names;
	table_fixture_add(&fixture,
			  STR("/a alpha 10.1.0.1(ro) @ng *.x alpha(rw) *\n"));
	table_fixture_build(&fixture);
	assert_int_equal(fixture.lookups.names.list.count, 1);
	table_fixture_free(&fixture);
}

/* Equal lists of different entries share a policy. */
static void test_shared_policies(void **state)
{
	struct table_fixture fixture;

	(void)state;
	table_fixture_of(&fixture, "/a h(rw)\n/b h(rw)\n/c -rw h\n");
	assert_int_equal(fixture.table.policies.list.count, 2);
	table_fixture_free(&fixture);
}

static void test_long_paths(void **state)
{
	struct fixture_path paths[] = { { "/link", NULL }, { 0 } };
	struct table_fixture fixture;
	struct strbuf text = { 0 };
	struct str path;

	(void)state;
	strbuf_add_char(&text, '/');
	for (int i = 0; i < EXPORTS_PATH_MAX; i++)
		strbuf_add_char(&text, 'p');
	paths[0].real = text.data;
	table_fixture_init(&fixture);
	fixture.paths = paths;
	table_fixture_add(&fixture, STR("/link *\n"));
	table_fixture_build(&fixture);
	path = export_entry_path(fixture.arena, &fixture.table,
				 &fixture.table.entries.items[0]);
	assert_int_equal(path.length, EXPORTS_PATH_MAX);
	assert_memory_equal(path.data, text.data, EXPORTS_PATH_MAX);
	table_fixture_free(&fixture);
	strbuf_add_text(&text, " h k\n");
	table_fixture_of(&fixture, text.data);
	assert_string_equal(states(&fixture), "rr");
	assert_string_equal(fixture.table.diags.list.items[0].consequence,
			    "exportfs stops here: the entries of this path "
			    "are not exported");
	table_fixture_free(&fixture);
	strbuf_free(&text);
}

static void test_sixteen_addresses(void **state)
{
	struct strbuf addresses = { 0 };
	struct fixture_name many[] = { { "many", "many", NULL }, { 0 } };
	struct table_fixture fixture;

	(void)state;
	for (int i = 1; i <= 17; i++)
		strbuf_printf(&addresses, "%s10.2.0.%d", i > 1 ? " " : "", i);
	many[0].addresses = addresses.data;
	table_fixture_init(&fixture);
	fixture.names = many;
	table_fixture_add(&fixture, STR("/p many 10.2.0.16 10.2.0.17\n"));
	table_fixture_build(&fixture);
	assert_string_equal(states(&fixture), "ldl");
	table_fixture_free(&fixture);
	strbuf_free(&addresses);
}

static void test_real_paths(void **state)
{
	static const struct fixture_path paths[] = {
		{ "/link", "/srv/a" },
		{ "//srv//a/", "/srv/a" },
		{ 0 },
	};
	struct table_fixture fixture;

	(void)state;
	table_fixture_init(&fixture);
	fixture.paths = paths;
	table_fixture_add(&fixture, STR("/link *\n//srv//a/ *\n/no/../q *\n"));
	table_fixture_build(&fixture);
	assert_string_equal(states(&fixture), "ldl");
	assert_true(str_is(export_entry_path(fixture.arena, &fixture.table,
					     &fixture.table.entries.items[0]),
			   "/srv/a"));
	assert_true(str_is(export_entry_path(fixture.arena, &fixture.table,
					     &fixture.table.entries.items[2]),
			   "/no/../q"));
	table_fixture_free(&fixture);
}

/* The first definition wins across files; an error ends its own file only. */
static void test_several_documents(void **state)
{
	struct table_fixture fixture;

	(void)state;
	table_fixture_init(&fixture);
	table_fixture_add(&fixture, STR("/p h(rw)\n/q (x)\n/r h\n"));
	table_fixture_add(&fixture, STR("/p h(ro)\n/s h\n"));
	table_fixture_build(&fixture);
	assert_string_equal(states(&fixture), "lrndl");
	table_fixture_free(&fixture);
}

static const struct diag *only_diag(const struct table_fixture *fixture)
{
	assert_int_equal(fixture->table.diags.list.count, 1);
	return &fixture->table.diags.list.items[0];
}

static void test_diags(void **state)
{
	static const struct {
		const char *text;
		uint32_t begin, end;
		const char *message, *consequence;
	} rows[] = {
		{ "/p h(rw,bad)\n/q k\n/r m n\n", 8, 11, "unknown option `bad`",
		  "exportfs stops here: this entry and the 3 after it are not "
		  "exported" },
		{ "/p h(rw\n", 7, 7, "the option list has no `)`",
		  "exportfs stops here: this entry is not exported" },
		{ "/p h(rw)x\n/q k", 7, 9,
		  "text behind the `)` of an option list",
		  "exportfs stops here: this entry and the one after it are "
		  "not exported" },
		{ "/p -bad h\n", 4, 7, "unknown option `bad`",
		  "exportfs stops here: this entry is not exported" },
		{ "\"\" h\n/p k\n/q k\n", 0, 2, "empty path",
		  "exportfs stops here: the 3 after it are not exported" },
		{ "/p 10.0/8\n", 3, 9,
		  "network `10.0/8` has no valid IP address before the slash",
		  "exportfs leaves this client out" },
		{ "/p -squash_uids=1 h k m\n", 20, 21,
		  "squash_uids= or squash_gids= in the -options of several "
		  "clients makes exportfs abort",
		  "nothing at all of these files is exported; the table stays "
		  "as it was" },
		{ "/p h h(ro)\n", 5, 10,
		  "`h` already has an entry for this path, at 1:1:4",
		  "this one is ignored; the earlier one holds" },
		{ "/p h\n\"/q k\n", 5, 11, "this quote is never closed",
		  "the rest of the file is one path, exported to everybody" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct table_fixture fixture;
		const struct diag *diag;

		table_fixture_of(&fixture, rows[i].text);
		diag = only_diag(&fixture);
		assert_string_equal(diag->message, rows[i].message);
		assert_string_equal(diag->consequence, rows[i].consequence);
		assert_int_equal(diag->span.begin, rows[i].begin);
		assert_int_equal(diag->span.end, rows[i].end);
		table_fixture_free(&fixture);
	}
}

/* By type; in a type new paths come first, clients of a path keep order. */
static void test_order(void **state)
{
	struct table_fixture fixture;
	static const char *const expected[] = { "/srv/b h1", "/srv/a h1",
						"/srv/a h2", "/srv/b *" };

	(void)state;
	table_fixture_of(&fixture, "/srv/a h1\n/srv/b * h1\n/srv/a h2\n");
	assert_int_equal(fixture.table.order.count, COUNT(expected));
	for (size_t i = 0; i < COUNT(expected); i++) {
		const struct export_entry *entry =
			&fixture.table.entries
				 .items[fixture.table.order.items[i]];
		struct strbuf text = { 0 };

		strbuf_add(&text,
			   export_table_path(&fixture.table, entry->path));
		strbuf_add_char(&text, ' ');
		strbuf_add(
			&text,
			fixture.table.clients.list.items[entry->client].name);
		assert_string_equal(text.data, expected[i]);
		strbuf_free(&text);
	}
	table_fixture_free(&fixture);
}

/* The source's text of each entry's option, client by client. */
static void test_option_spans(void **state)
{
	static const struct {
		const char *text, *options; /* of OPTION_READ_ONLY */
	} rows[] = {
		{ "/p a(rw) b(sync,ro)\n", "rw ro " },
		{ "/p -rw a b(ro) -ro c d(sync) hro)\n", "rw ro ro ro ro " },
		{ "/p a(sync) -rw,async b c()\n", "a(sync) rw rw " },
		{ "/p \"a(sync, rw)\"\n", "rw " },
		{ "/p a(ro) -sync,rw\n/q -rw\n", "ro rw rw " },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct table_fixture fixture;
		struct strbuf got = { 0 };

		table_fixture_of(&fixture, rows[i].text);
		for (size_t k = 0; k < fixture.table.entries.count; k++) {
			struct span span = export_entry_option_span(
				fixture.arena, &fixture.table,
				&fixture.table.entries.items[k],
				OPTION_READ_ONLY);

			strbuf_printf(&got, "%.*s ",
				      (int)(span.end - span.begin),
				      rows[i].text + span.begin);
		}
		assert_string_equal(got.data, rows[i].options);
		strbuf_free(&got);
		table_fixture_free(&fixture);
	}
}

/* Equal lists behind equal -options are one policy, wherever they stand. */
static void test_policies_are_shared(void **state)
{
	struct table_fixture fixture;

	(void)state;
	table_fixture_of(&fixture, "/p a(rw) b(rw) c(rw)\n/q d(rw)\n");
	assert_int_equal(fixture.table.policies.list.count, 2);
	table_fixture_free(&fixture);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_states),
		cmocka_unit_test(test_shared_addresses),
		cmocka_unit_test(test_sixteen_addresses),
		cmocka_unit_test(test_names_to_look_up),
		cmocka_unit_test(test_shared_policies),
		cmocka_unit_test(test_real_paths),
		cmocka_unit_test(test_long_paths),
		cmocka_unit_test(test_several_documents),
		cmocka_unit_test(test_diags),
		cmocka_unit_test(test_order),
		cmocka_unit_test(test_option_spans),
		cmocka_unit_test(test_policies_are_shared),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
