#include "mountinfo_parser.h"

#include "strbuf.h"
#include "unit_test.h"

static void expect(const char *text, const char *expected)
{
	struct arena *arena = arena_new();
	struct strbuf out = { 0 };
	struct mountinfo mounts;

	mountinfo_parse(arena, str_of(text), &mounts);
	for (size_t i = 0; i < mounts.list.count; i++) {
		const struct mountinfo_mount *mount = &mounts.list.items[i];

		strbuf_printf(&out,
			      "%u:%u %.*s on %.*s, %.*s of %.*s (%.*s) "
			      "(%.*s)\n",
			      mount->major, mount->minor, STR_ARG(mount->root),
			      STR_ARG(mount->point), STR_ARG(mount->type),
			      STR_ARG(mount->source), STR_ARG(mount->options),
			      STR_ARG(mount->super_options));
	}
	assert_string_equal(strbuf_str(&out).data, expected);
	strbuf_free(&out);
	arena_free(arena);
}

static void mounts_are_read(void **state)
{
	(void)state;
	expect("36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root "
	       "rw,errors=continue\n",
	       "98:0 /mnt1 on /mnt2, ext3 of /dev/root (rw,noatime) "
	       "(rw,errors=continue)\n");
	expect("1 0 0:1 / / rw - tmpfs none rw",
	       "0:1 / on /, tmpfs of none (rw) (rw)\n");
	expect("1 0 0:1 /a\\134b /my\\040disk\\011 rw a:1 b - fuse.x \\043x "
	       "rw\n",
	       "0:1 /a\\b on /my disk\t, fuse.x of #x (rw) (rw)\n");
	expect("1 0 0:1 /a\\9 /b\\04 rw - x y z\n",
	       "0:1 /a\\9 on /b\\04, x of y (rw) (z)\n");
}

static void other_lines_are_left_out(void **state)
{
	(void)state;
	expect("", "");
	expect("\n\nx\n1 0 0:1 / / rw\n1 0 01 / / rw - a b c\n"
	       "1 0 0:x / / rw - a b c\n1 0 0:1 / / rw shared:1\n"
	       "1 0 99999999999:1 / / rw - a b c\n1 0 0:1 / / rw - \n",
	       "");
}

static void options_are_whole_words(void **state)
{
	(void)state;
	assert_true(mountinfo_has_option(STR("rw,nosuid"), "nosuid"));
	assert_true(mountinfo_has_option(STR("ro"), "ro"));
	assert_false(mountinfo_has_option(STR("errors=remount-ro"), "ro"));
	assert_false(mountinfo_has_option(STR("nosuid"), "no"));
	assert_false(mountinfo_has_option(STR(""), "ro"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(mounts_are_read),
		cmocka_unit_test(other_lines_are_left_out),
		cmocka_unit_test(options_are_whole_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
