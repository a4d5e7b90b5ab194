#include "etab_reread.h"

#include "exports_generator.h"
#include "table_fixture.h"
#include "unit_test.h"

static size_t count_lost(const struct table_fixture *fixture)
{
	size_t lost = 0;

	for (size_t i = 0; i < fixture->table.entries.count; i++)
		lost += fixture->table.entries.items[i].state ==
			EXPORT_LOST_ON_REREAD;
	return lost;
}

static void test_losses(void **state)
{
	static const struct {
		const char *text;
		size_t lost;
		const char *message, *consequence; /* of the first */
	} rows[] = {
		{ "/p h\n\"/q r\" *(rw)\n", 0, NULL, NULL },
		{ "/p \"a b\"\n/q h\n", 1,
		  "mountd reads this entry back from etab as another one",
		  "clients do not get what is written here" },
		{ "/p h(squash_gids=1)\n/q * k\n", 2,
		  "mountd can't read this entry back from etab: "
		  "`squash_gids=anonuid=65534` must be an id or a range of "
		  "ids",
		  "2 exports are lost to mountd" },
		{ "/p \"\" *\n", 1,
		  "mountd takes this client for one that the path already has "
		  "when it reads etab back",
		  "the one that comes first in etab holds" },
		{ "/p h(refer=/x\\134\\060\\065\\061@h)\n", 1,
		  "mountd can't read this entry back from etab: text behind "
		  "the `)` of an option list",
		  "1 export is lost to mountd" },
		{ "/p \"#h\"\n", 1,
		  "mountd reads this entry back from etab as another one",
		  "clients do not get what is written here" },
		{ "/p\\134\\060\\064\\060 h\n", 1,
		  "mountd reads this entry back from etab as another one",
		  "clients do not get what is written here" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct table_fixture fixture;

		table_fixture_of(&fixture, rows[i].text);
		if (rows[i].lost)
			assert_true(etab_reread_is_needed(&fixture.table));
		table_fixture_reread(&fixture);
		assert_int_equal(count_lost(&fixture), rows[i].lost);
		if (rows[i].lost) {
			const struct diag *diag =
				&fixture.table.diags.list.items[0];

			assert_string_equal(diag->message, rows[i].message);
			assert_string_equal(diag->consequence,
					    rows[i].consequence);
		}
		table_fixture_free(&fixture);
	}
}

static void test_long_client(void **state)
{
	struct table_fixture fixture;
	struct strbuf text = { 0 };

	(void)state;
	strbuf_add_text(&text, "/p ");
	for (int i = 0; i < 340; i++)
		strbuf_add_char(&text, 'h');
	strbuf_add_text(&text, "\n/q k *\n");
	table_fixture_of(&fixture, text.data);
	assert_true(etab_reread_is_needed(&fixture.table));
	table_fixture_reread(&fixture);
	/* in etab /q k comes before it, /q * after it */
	assert_int_equal(count_lost(&fixture), 2);
	strbuf_free(&text);
	table_fixture_free(&fixture);
}

/* A path that is short enough until etab escapes its last byte. */
static void test_long_path(void **state)
{
	struct table_fixture fixture;
	struct strbuf text = { 0 };

	(void)state;
	strbuf_add_text(&text, "\"/");
	for (int i = 0; i < EXPORTS_PATH_MAX - 3; i++)
		strbuf_add_char(&text, 'p');
	strbuf_add_text(&text, " \" h\n");
	table_fixture_of(&fixture, text.data);
	assert_true(etab_reread_is_needed(&fixture.table));
	table_fixture_reread(&fixture);
	assert_int_equal(count_lost(&fixture), 1);
	strbuf_free(&text);
	table_fixture_free(&fixture);
}

/* mountd looks canonical names up again. */
static void test_canonical_names(void **state)
{
	static const struct {
		const char *canonical, *message;
	} rows[] = {
		{ "gone.example.org", "when mountd reads etab back, host "
				      "`gone.example.org` has no address" },
		{ "*.example.org", "mountd reads this entry back from etab as "
				   "another one" },
		{ "alpha", NULL },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		const struct fixture_name names[] = {
			{ "alpha", rows[i].canonical, "10.1.0.1" }, { 0 }
		};
		struct table_fixture fixture;

		table_fixture_init(&fixture);
		fixture.names = names;
		table_fixture_add(&fixture, STR("/p alpha\n"));
		table_fixture_build(&fixture);
		assert_true(etab_reread_is_needed(&fixture.table));
		table_fixture_reread(&fixture);
		assert_int_equal(count_lost(&fixture), !!rows[i].message);
		if (rows[i].message)
			assert_string_equal(
				fixture.table.diags.list.items[0].message,
				rows[i].message);
		table_fixture_free(&fixture);
	}
}

/* The quick answer may be too careful, but never misses a loss. */
static void test_needed_is_safe(void **state)
{
	size_t needed = 0, lossy = 0;

	(void)state;
	for (unsigned seed = 0; seed < 600; seed++) {
		struct exports_generator_options options = {
			.seed = seed,
			.broken = (enum exports_brokenness)(seed % 3),
		};
		struct table_fixture fixture;
		struct strbuf text = { 0 };
		bool is_needed;

		exports_generate(&options, &text);
		table_fixture_init(&fixture);
		table_fixture_add(&fixture, strbuf_str(&text));
		table_fixture_build(&fixture);
		is_needed = etab_reread_is_needed(&fixture.table);
		table_fixture_reread(&fixture);
		if (!is_needed && count_lost(&fixture))
			fail_msg("seed %u: %s", seed,
				 fixture.table.diags.list
					 .items[fixture.table.diags.list.count -
						1]
					 .message);
		needed += is_needed;
		lossy += count_lost(&fixture) > 0;
		strbuf_free(&text);
		table_fixture_free(&fixture);
	}
	assert_true(needed > 0 && needed < 600 && lossy > 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_losses),
		cmocka_unit_test(test_long_client),
		cmocka_unit_test(test_long_path),
		cmocka_unit_test(test_canonical_names),
		cmocka_unit_test(test_needed_is_safe),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
