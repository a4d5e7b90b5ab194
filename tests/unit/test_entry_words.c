#include "entry_words.h"

#include "table_fixture.h"
#include "unit_test.h"

/* The loaded entry whose client begins at offset. */
static const struct export_entry *entry_at(const struct export_table *table,
					   uint32_t offset)
{
	for (size_t i = 0; i < table->entries.count; i++) {
		const struct export_entry *entry = &table->entries.items[i];

		if (entry->state == EXPORT_LOADED &&
		    export_entry_span(table, entry).begin == offset)
			return entry;
	}
	fail_msg("no entry at %u", offset);
	return NULL;
}

static void test_missing_client(void **state)
{
	static const struct {
		const char *text;
		uint32_t offset; /* of the client */
		enum missing_client missing;
	} rows[] = {
		{ "/p h(rw)\n", 3, CLIENT_THERE },
		{ "/p\n", 0, CLIENT_NOT_WRITTEN },
		{ "/p #h(rw)\n", 0, CLIENT_NOT_WRITTEN },
		{ "/p(rw)\n", 0, CLIENT_NOT_WRITTEN },
		{ "/p \r\n", 3, CLIENT_NOT_WRITTEN },
		{ "/p -rw\n", 3, CLIENT_AFTER_DEFAULTS },
		{ "/p -rw \r\n", 7, CLIENT_AFTER_DEFAULTS },
		{ "/p h -rw\n", 5, CLIENT_AFTER_DEFAULTS },
		{ "/p \"\"\n", 3, CLIENT_EMPTY_WORD },
		{ "/p \fh\n", 3, CLIENT_EMPTY_WORD },
		{ "/p (rw)\n", 3, CLIENT_OPTIONS_ALONE },
		{ "/p -sync (rw)\n", 9, CLIENT_OPTIONS_ALONE },
		{ "/p h(ro) (rw)\n", 9, CLIENT_OPTIONS_ALONE },
		{ "/p h (rw)\n", 5, CLIENT_OPTIONS_APART },
		{ "/p h \\\n  (rw)\n", 9, CLIENT_OPTIONS_APART },
		{ "/p -sync h (rw)\n", 11, CLIENT_OPTIONS_APART },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct table_fixture fixture;

		table_fixture_of(&fixture, rows[i].text);
		assert_int_equal(entry_missing_client(fixture.arena,
						      &fixture.table,
						      entry_at(&fixture.table,
							       rows[i].offset)),
				 rows[i].missing);
		table_fixture_free(&fixture);
	}
}

static void test_stray_lines(void **state)
{
	static const struct {
		const char *text; /* its last entry is judged */
		enum continuation_fault fault;
	} rows[] = {
		{ "/p h\n/q k\n", CONTINUATION_FINE },
		{ "q k\n", CONTINUATION_FINE },
		{ "  q k\n", CONTINUATION_FINE },
		{ "/p h\nq k\n", CONTINUATION_FINE },
		{ "/p h\n  /q k\n", CONTINUATION_FINE },
		{ "/p h \\ \n/q k\n", CONTINUATION_FINE },
		{ "/p h \\ \nk\n", CONTINUATION_BLANK },
		{ "/p h \\\r\n  k\n", CONTINUATION_BLANK },
		{ "/p h # c \\\n  k\n", CONTINUATION_COMMENT },
		{ "/p h \\\n  # c \\\n  k\n", CONTINUATION_COMMENT },
		{ "# /p h \\\nk\n", CONTINUATION_FINE },
		{ "/p h\n# c \\\nk\n", CONTINUATION_FINE },
		{ "/p h\n  k\n", CONTINUATION_MISSING },
		{ "/p h # c\n\n\tk\n", CONTINUATION_MISSING },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct table_fixture fixture;
		const struct export_table *table = &fixture.table;

		table_fixture_of(&fixture, rows[i].text);
		assert_int_equal(
			entry_stray(fixture.arena, table,
				    &table->entries
					     .items[table->entries.count - 1]),
			rows[i].fault);
		table_fixture_free(&fixture);
	}
}

/* Of a line whose first clients are duplicates, the first that is loaded. */
static void test_lines_have_one_leader(void **state)
{
	static const bool leads[] = { true, false, false, false, true };
	struct table_fixture fixture;
	const struct export_table *table = &fixture.table;

	(void)state;
	table_fixture_of(&fixture, "/p h k\n/p h k m\n");
	assert_int_equal(table->entries.count, 5);
	for (size_t i = 0; i < table->entries.count; i++)
		if (table->entries.items[i].state == EXPORT_LOADED)
			assert_true(entry_leads_line(
					    table, &table->entries.items[i]) ==
				    leads[i]);
	table_fixture_free(&fixture);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_missing_client),
		cmocka_unit_test(test_stray_lines),
		cmocka_unit_test(test_lines_have_one_leader),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
