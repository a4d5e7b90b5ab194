#include "id_table.h"

#include "unit_test.h"

static unsigned count_ids(const struct id_table *table, uint32_t hash,
			  uint32_t *sum)
{
	unsigned count = 0;

	*sum = 0;
	ID_TABLE_EACH (table, hash, id) {
		count++;
		*sum += id;
	}
	return count;
}

static void test_empty(void **state)
{
	struct id_table table = { 0 };
	uint32_t sum;

	(void)state;
	assert_int_equal(count_ids(&table, 0, &sum), 0);
}

/* Many ids under few hashes, whose slots run around the end of the table. */
static void test_all_ids_are_found(void **state)
{
	struct arena *arena = arena_new();
	struct id_table table = { 0 };
	uint32_t sum;

	(void)state;
	for (uint32_t id = 0; id < 1000; id++)
		id_table_add(arena, &table, UINT32_MAX - id % 10, id);
	for (uint32_t k = 0; k < 10; k++) {
		assert_int_equal(count_ids(&table, UINT32_MAX - k, &sum), 100);
		assert_int_equal(sum, 100 * k + 10 * 99 * 100 / 2);
	}
	assert_int_equal(count_ids(&table, 5, &sum), 0);
	arena_free(arena);
}

static void test_hashes(void **state)
{
	(void)state;
	assert_int_equal(hash_bytes_nocase(0, STR("Host")),
			 hash_bytes_nocase(0, STR("hOST")));
	assert_int_not_equal(hash_bytes(0, STR("Host")),
			     hash_bytes(0, STR("host")));
	assert_int_not_equal(hash_bytes(0, STR("host")),
			     hash_bytes(1, STR("host")));
	assert_int_not_equal(hash_bytes(0, STR("")), hash_bytes(0, STR("\0")));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_empty),
		cmocka_unit_test(test_all_ids_are_found),
		cmocka_unit_test(test_hashes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
