#include "array.h"

#include "unit_test.h"

static void test_pieces_are_zeroed_and_apart(void **state)
{
	struct arena *arena = arena_new();
	unsigned char *pieces[300];

	(void)state;
	for (size_t i = 0; i < COUNT(pieces); i++) {
		pieces[i] = arena_alloc(arena, i * 100);
		assert_int_equal((uintptr_t)pieces[i] % _Alignof(max_align_t),
				 0);
		for (size_t k = 0; k < i * 100; k++)
			assert_int_equal(pieces[i][k], 0);
		memset(pieces[i], (int)i, i * 100);
	}
	for (size_t i = 0; i < COUNT(pieces); i++)
		for (size_t k = 0; k < i * 100; k++)
			assert_int_equal(pieces[i][k], i & 255);
	arena_free(arena);
}

/* From small pieces to blocks of their own, with others in between. */
static void test_array_keeps_its_items(void **state)
{
	struct arena *arena = arena_new();
	ARRAY(uint32_t) array = { 0 };

	(void)state;
	for (uint32_t i = 0; i < 100000; i++) {
		uint32_t *item = ARRAY_ADD(arena, &array);

		assert_int_equal(*item, 0);
		*item = i;
		if (i % 1000 == 0)
			memset(arena_alloc(arena, i), 0xff, i);
	}
	for (uint32_t i = 0; i < 100000; i++)
		assert_int_equal(array.items[i], i);
	arena_free(arena);
}

static void test_release(void **state)
{
	struct arena *arena = arena_new();
	void *large = arena_alloc(arena, 1 << 20);
	void *small = arena_alloc(arena, 10);

	(void)state;
	arena_release(large, 1 << 20);
	arena_release(small, 10);
	arena_release(NULL, 0);
	arena_free(arena);
	arena_free(NULL);
}

static void test_texts(void **state)
{
	struct arena *arena = arena_new();

	(void)state;
	assert_string_equal(arena_printf(arena, "%d %s", 5, "x"), "5 x");
	assert_string_equal(arena_copy(arena, "abcdef", 3), "abc");
	assert_string_equal(arena_copy(arena, NULL, 0), "");
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_pieces_are_zeroed_and_apart),
		cmocka_unit_test(test_array_keeps_its_items),
		cmocka_unit_test(test_release),
		cmocka_unit_test(test_texts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
