#include "showmount_lists.h"

#include "unit_test.h"

/* An answer whose texts are added to its bytes. */
struct fixture {
	struct server_answer answer;
	char bytes[256];
};

static void begin(struct fixture *fixture)
{
	*fixture = (struct fixture){ .answer.arena = arena_new() };
	fixture->answer.bytes.data = fixture->bytes;
}

static struct answer_text add_text(struct fixture *fixture, struct str text)
{
	struct str *bytes = &fixture->answer.bytes;
	uint32_t offset = (uint32_t)bytes->length;

	memcpy(fixture->bytes + offset, text.data, text.length);
	bytes->length += text.length;
	return (struct answer_text){ offset, (uint32_t)text.length };
}

static void add_export(struct fixture *fixture, struct str path)
{
	struct server_answer *answer = &fixture->answer;
	struct listed_export *export =
		ARRAY_ADD(answer->arena, &answer->exports);

	export->path = add_text(fixture, path);
	export->first_group = (uint32_t)answer->groups.count;
}

/* To the last export. */
static void add_group(struct fixture *fixture, struct str name)
{
	struct server_answer *answer = &fixture->answer;

	*ARRAY_ADD(answer->arena, &answer->groups) = add_text(fixture, name);
	answer->exports.items[answer->exports.count - 1].group_count++;
}

static void add_mount(struct fixture *fixture, struct str client,
		      struct str path)
{
	struct server_answer *answer = &fixture->answer;

	*ARRAY_ADD(answer->arena, &answer->mounts) = (struct listed_mount){
		.client = add_text(fixture, client),
		.path = add_text(fixture, path),
	};
}

static void check_exports(const struct fixture *fixture, bool escape,
			  const char *expected)
{
	char *text = NULL;
	size_t length;
	FILE *out = open_memstream(&text, &length);

	assert_non_null(out);
	showmount_print_exports(out, escape, &fixture->answer);
	fclose(out);
	assert_string_equal(text, expected);
	free(text);
}

static void check_mounts(const struct fixture *fixture,
			 enum showmount_column column, const char *expected)
{
	char *text = NULL;
	size_t length;
	FILE *out = open_memstream(&text, &length);

	assert_non_null(out);
	showmount_print_mounts(out, false, fixture->answer.arena,
			       &fixture->answer, column);
	fclose(out);
	assert_string_equal(text, expected);
	free(text);
}

static void test_no_entries(void **state)
{
	struct fixture fixture;

	(void)state;
	begin(&fixture);
	check_exports(&fixture, false, "");
	check_mounts(&fixture, SHOWMOUNT_HOSTS, "");
	arena_free(fixture.answer.arena);
}

/* In the server's order, nothing merged; a path ends at its NUL. */
static void test_exports(void **state)
{
	struct fixture fixture;

	(void)state;
	begin(&fixture);
	add_export(&fixture, STR("/long"));
	add_group(&fixture, STR("b"));
	add_group(&fixture, STR("a\0hidden"));
	add_export(&fixture, STR("/a\0/and/this"));
	add_export(&fixture, STR("/long"));
	add_group(&fixture, STR(""));
	check_exports(&fixture, false, "/long b,a\n/a    (everyone)\n/long \n");
	arena_free(fixture.answer.arena);
}

/* Columns fit what is printed, which escapes make longer. */
static void test_exports_on_a_terminal(void **state)
{
	struct fixture fixture;

	(void)state;
	begin(&fixture);
	add_export(&fixture, STR("/\033"));
	add_group(&fixture, STR("a\nb"));
	add_export(&fixture, STR("/x"));
	check_exports(&fixture, false, "/\033 a\nb\n/x (everyone)\n");
	check_exports(&fixture, true, "/\\033 a\\012b\n/x    (everyone)\n");
	arena_free(fixture.answer.arena);
}

/* By bytes, and lines of -a as a whole: `:` comes after `.`. */
static void test_mounts(void **state)
{
	struct fixture fixture;

	(void)state;
	begin(&fixture);
	add_mount(&fixture, STR("h"), STR("/z"));
	add_mount(&fixture, STR("h.x"), STR("/a"));
	add_mount(&fixture, STR("\xc3\xa9"), STR("/a"));
	add_mount(&fixture, STR("h"), STR("/z"));
	add_mount(&fixture, STR("h\0.y"), STR("/a/b"));
	check_mounts(&fixture, SHOWMOUNT_HOSTS, "h\nh.x\n\xc3\xa9\n");
	check_mounts(&fixture, SHOWMOUNT_DIRECTORIES, "/a\n/a/b\n/z\n");
	check_mounts(&fixture, SHOWMOUNT_MOUNT_POINTS,
		     "h.x:/a\nh:/a/b\nh:/z\n\xc3\xa9:/a\n");
	arena_free(fixture.answer.arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_no_entries),
		cmocka_unit_test(test_exports),
		cmocka_unit_test(test_exports_on_a_terminal),
		cmocka_unit_test(test_mounts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
