#include "fstab_parser.h"

#include "unit_test.h"

static void fields_are_split_and_decoded(void **state)
{
	static const char text[] =
		"# comment\n"
		"\n"
		"server:/a\\040b\t/mnt/x  nfs4 rw,nosuid 0 0\n"
		"  /dev/sda1 / ext4\n"
		"two fields\n"
		"a /b c # no options\n"
		"last /l nfs ro\\";
	struct arena *arena = arena_new();
	const struct fstab_entry *entries;
	struct fstab fstab;

	(void)state;
	fstab_parse(arena, str_of(text), &fstab);
	entries = fstab.entries.items;
	assert_int_equal(fstab.entries.count, 4);
	assert_true(str_is(entries[0].device, "server:/a b"));
	assert_true(str_is(entries[0].folder, "/mnt/x"));
	assert_true(str_is(entries[0].type, "nfs4"));
	assert_true(str_is(entries[0].options, "rw,nosuid"));
	assert_memory_equal(text + entries[0].options_span.begin, "rw,nosuid ",
			    10);
	assert_true(str_is(entries[1].type, "ext4"));
	assert_int_equal(entries[1].options.length, 0);
	assert_true(str_is(entries[2].type, "c"));
	assert_int_equal(entries[2].options.length, 0);
	assert_true(str_is(entries[3].options, "ro\\"));
	assert_int_equal(entries[3].options_span.end, sizeof(text) - 1);
	arena_free(arena);
}

static void options_have_values(void **state)
{
	const struct str options = STR("rw,sec=krb5p,nosuid,soft=");
	struct str value;

	(void)state;
	assert_true(fstab_option(options, "nosuid", NULL));
	assert_true(fstab_option(options, "sec", &value));
	assert_true(str_is(value, "krb5p"));
	assert_true(fstab_option(options, "soft", &value));
	assert_int_equal(value.length, 0);
	assert_false(fstab_option(options, "suid", NULL));
	assert_false(fstab_option(options, "krb5p", NULL));
	assert_false(fstab_option(STR(""), "rw", NULL));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(fields_are_split_and_decoded),
		cmocka_unit_test(options_have_values),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
