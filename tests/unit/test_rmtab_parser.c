#include "rmtab_parser.h"

#include "unit_test.h"

static struct rmtab parse(struct arena *arena, const char *text)
{
	struct rmtab rmtab;

	rmtab_parse(arena, str_of(text), &rmtab);
	return rmtab;
}

static void test_entries(void **state)
{
	struct arena *arena = arena_new();
	struct rmtab rmtab =
		parse(arena, "127.0.0.1:/srv/with space:0x00000002\n"
			     "2001;db8;;6:/srv/v6:0x00000001\n"
			     "host:/srv/without count\n"
			     "10.0.0.1:/a:0xffffffffff\n");

	(void)state;
	assert_int_equal(rmtab.list.count, 4);
	assert_true(str_is(rmtab.list.items[0].path, "/srv/with space"));
	assert_int_equal(rmtab.list.items[0].count, 2);
	assert_true(str_is(rmtab.list.items[1].client, "2001:db8::6"));
	assert_true(str_is(rmtab.list.items[2].client, "host"));
	assert_int_equal(rmtab.list.items[2].count, 1);
	assert_int_equal(rmtab.list.items[3].count, UINT32_MAX);
	assert_int_equal(rmtab.malformed_line, 0);
	arena_free(arena);
}

static void test_stops_at_a_malformed_line(void **state)
{
	struct arena *arena = arena_new();
	struct rmtab rmtab = parse(arena, "a:/b:0x1\nno colon\nc:/d:0x1\n");

	(void)state;
	assert_int_equal(rmtab.list.count, 1);
	assert_int_equal(rmtab.malformed_line, 2);
	assert_int_equal(parse(arena, "").list.count, 0);
	assert_int_equal(parse(arena, "a:/b").list.count, 1);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_entries),
		cmocka_unit_test(test_stops_at_a_malformed_line),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
