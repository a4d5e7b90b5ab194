#include "ini_parser.h"

#include "strbuf.h"
#include "unit_test.h"

/* The file as "[section|argument] key=value" lines, then its problems. */
static void describe(struct strbuf *out, const struct ini_file *file)
{
	for (size_t i = 0; i < file->settings.count; i++) {
		const struct ini_setting *setting = &file->settings.items[i];
		const struct ini_section *section =
			&file->sections.items[setting->section];

		strbuf_printf(out, "[%.*s", STR_ARG(section->name));
		if (section->argument.data)
			strbuf_printf(out, "|%.*s", STR_ARG(section->argument));
		strbuf_printf(out, "] %.*s=%.*s%s\n", STR_ARG(setting->key),
			      STR_ARG(setting->value),
			      setting->cut ? " cut" : "");
	}
	for (size_t i = 0; i < file->diags.list.count; i++) {
		const struct diag *diag = &file->diags.list.items[i];

		strbuf_printf(out, "%u at %u-%u\n", diag->kind,
			      diag->span.begin, diag->span.end);
	}
}

static void expect(const char *text, const char *expected)
{
	struct arena *arena = arena_new();
	struct strbuf out = { 0 };
	struct ini_file file;

	ini_parse(arena, str_of(text), &file);
	describe(&out, &file);
	assert_string_equal(strbuf_str(&out).data, expected);
	strbuf_free(&out);
	arena_free(arena);
}

/* What `nfsconf --dump` of nfs-utils 2.6.2 makes of the same lines. */
static void values_are_those_of_nfs_utils(void **state)
{
	static const struct {
		const char *line, *value;
	} rows[] = {
		{ "k=v#c", "v" },
		{ "k=v ;c", "v" },
		{ "k=v\t# c", "v" },
		{ "  k\t=  a b  ", "a b" },
		{ "k=\"x # y\" z", "x # y" },
		{ "k=\"  p  \"", "  p  " },
		{ "k='a\"b'", "a\"b" },
		{ "k=\"a\\\"b\"", "a\\" },
		{ "k=\"u\"v\"w\"", "u" },
		{ "k=x\"y", "x\"y" },
		{ "k=a=b", "a=b" },
		{ "k=$HOME", "$HOME" },
		{ "k=1\r", "1" },
		{ "k=x\\ ", "x\\" },
		{ "k=a\\\n  b", "a    b" },
		{ "k=\"x\\\ny\"", "x  y" },
		{ "# c \\\nj=1\nk=2", "2" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct strbuf text = { 0 }, expected = { 0 };

		strbuf_printf(&text, "[s]\n%s\n", rows[i].line);
		strbuf_printf(&expected, "[s] k=%s\n", rows[i].value);
		expect(text.data, expected.data);
		strbuf_free(&text);
		strbuf_free(&expected);
	}
}

static void sections_may_have_arguments(void **state)
{
	(void)state;
	expect("[ a ] x\nk=1\n[b \"c d\" y]\nk=2\n[\"z\"]\nk=3\n[]\nk=4\n"
	       " [e]\n  k=5\n",
	       "[a] k=1\n[b|c d] k=2\n[|z] k=3\n[] k=4\n[e] k=5\n");
}

static void nothing_is_dropped_silently(void **state)
{
	(void)state;
	expect("k=1\n", "2 at 0-3\n");
	expect("[a\nk=1\n[b]\nk=2\n", "[b] k=2\n0 at 0-2\n2 at 3-6\n");
	expect("[a \"b]\nk=1\n", "[a] k=1\n1 at 3-5\n");
	expect("[a]\nword\n =1\nk=\"x\nk=''\n",
	       "[a] k=\n3 at 4-8\n4 at 10-12\n5 at 13-17\n6 at 18-22\n");
	expect("[a]\nk=1", "[a] k=1 cut\n7 at 4-7\n");
	expect("[a]\nk=1\n# end", "[a] k=1\n");
	expect("", "");
}

static void the_last_assignment_holds(void **state)
{
	struct arena *arena = arena_new();
	struct ini_file file;

	(void)state;
	ini_parse(arena,
		  STR("[NFSD]\nvers3=y\n[x]\nvers3=1\n[nfsd]\nVers3=n\n"
		      "vers3=\n[nfsd \"b\"]\nvers3=2\n[nfsd]\nvers3=cut"),
		  &file);
	assert_true(str_is(ini_find(&file, "nfsd", "vers3")->value, "n"));
	assert_null(ini_find(&file, "nfsd", "vers4"));
	assert_null(ini_find(&file, "mountd", "vers3"));
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(values_are_those_of_nfs_utils),
		cmocka_unit_test(sections_may_have_arguments),
		cmocka_unit_test(nothing_is_dropped_silently),
		cmocka_unit_test(the_last_assignment_holds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
