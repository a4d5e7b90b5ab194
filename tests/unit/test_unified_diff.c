#include "unified_diff.h"

#include <stdlib.h>
#include <unistd.h>

#include "prng.h"
#include "strbuf.h"
#include "unit_test.h"

static char *diff_of(struct str before, struct str after)
{
	struct arena *arena = arena_new();
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	unified_diff_write(out, arena, "f", before, after,
			   (struct diff_style){ 0 });
	fclose(out);
	arena_free(arena);
	return text;
}

static void expect(const char *before, const char *after, const char *expected)
{
	char *text = diff_of(str_of(before), str_of(after));

	assert_string_equal(text, expected);
	free(text);
}

static void looks_as_diff_prints_it(void **state)
{
	(void)state;
	expect("", "", "");
	expect("a\n", "a\n", "");
	expect("", "a\n", "--- f\n+++ f\n@@ -0,0 +1 @@\n+a\n");
	expect("a\n", "", "--- f\n+++ f\n@@ -1 +0,0 @@\n-a\n");
	expect("1\n2\n3\n4\n5\n6\n7\n8\n9\n", "1\n2\n3\n4\nx\n6\n7\n8\n9\n",
	       "--- f\n+++ f\n@@ -2,7 +2,7 @@\n 2\n 3\n 4\n-5\n+x\n 6\n 7\n"
	       " 8\n");
	expect("a\nb\nc\n", "a\nc\n",
	       "--- f\n+++ f\n@@ -1,3 +1,2 @@\n a\n-b\n c\n");
	expect("a\nb", "a\nb\n",
	       "--- f\n+++ f\n@@ -1,2 +1,2 @@\n a\n-b\n"
	       "\\ No newline at end of file\n+b\n");
	expect("a\r\nb\r\n", "a\nb\n",
	       "--- f\n+++ f\n@@ -1,2 +1,2 @@\n-a\r\n-b\r\n+a\n+b\n");
}

static void far_changes_have_hunks_of_their_own(void **state)
{
	(void)state;
	expect("a\n1\n2\n3\n4\n5\n6\nb\n", "A\n1\n2\n3\n4\n5\n6\nB\n",
	       "--- f\n+++ f\n@@ -1,8 +1,8 @@\n-a\n+A\n 1\n 2\n 3\n 4\n 5\n"
	       " 6\n-b\n+B\n");
	expect("a\n1\n2\n3\n4\n5\n6\n7\nb\n", "A\n1\n2\n3\n4\n5\n6\n7\nB\n",
	       "--- f\n+++ f\n@@ -1,4 +1,4 @@\n-a\n+A\n 1\n 2\n 3\n"
	       "@@ -6,4 +6,4 @@\n 5\n 6\n 7\n-b\n+B\n");
}

static void terminals_get_no_foreign_bytes(void **state)
{
	struct arena *arena = arena_new();
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	(void)state;
	unified_diff_write(
		out, arena, "f\033", STR("\033[2J\n"), STR("b\n"),
		(struct diff_style){ .color = true, .escape = true });
	fclose(out);
	assert_string_equal(text, "--- f\\033\n+++ f\\033\n@@ -1 +1 @@\n"
				  "\033[31m-\\033[2J\033[0m\n"
				  "\033[32m+b\033[0m\n");
	free(text);
	arena_free(arena);
}

/* A text of a few words, so that lines are often equal. */
static void make_text(struct prng *prng, struct strbuf *text)
{
	size_t count = prng_below(prng, 60);

	strbuf_clear(text);
	for (size_t i = 0; i < count; i++)
		strbuf_printf(text, "%c\n", 'a' + (int)prng_below(prng, 9));
	if (text->length && prng_below(prng, 4) == 0)
		text->length--;
}

/* Some lines of a text changed, as fixes do. */
static void change_text(struct prng *prng, struct str text, struct strbuf *out)
{
	strbuf_clear(out);
	for (size_t i = 0; i < text.length; i++) {
		if (prng_below(prng, 12))
			strbuf_add_char(out, text.data[i]);
		if (!prng_below(prng, 20))
			strbuf_add_text(out, "x\n");
	}
}

static void write_file(const char *name, struct str text)
{
	FILE *out = fopen(name, "w");

	assert_non_null(out);
	fwrite(text.data, 1, text.length, out);
	assert_int_equal(fclose(out), 0);
}

/* patch(1) makes the one of the other. */
static void patch_understands_it(void **state)
{
	struct prng prng = { 7 };
	struct strbuf before = { 0 }, after = { 0 };
	char folder[] = "/tmp/diff-XXXXXX";

	(void)state;
	if (system("patch --version >/dev/null 2>&1") != 0) {
		print_message("patch is not installed\n");
		skip();
	}
	assert_non_null(mkdtemp(folder));
	assert_int_equal(chdir(folder), 0);
	for (int i = 0; i < 200; i++) {
		char *diff;

		make_text(&prng, &before);
		if (i % 2)
			change_text(&prng, strbuf_str(&before), &after);
		else
			make_text(&prng, &after);
		diff = diff_of(strbuf_str(&before), strbuf_str(&after));
		write_file("f", strbuf_str(&before));
		write_file("g", strbuf_str(&after));
		write_file("p", str_of(diff));
		assert_int_equal(system("if [ -s p ]; then patch -s -f -F0 f "
					"p; else cmp f g; fi && touch f && "
					"cmp f g"),
				 0);
		free(diff);
	}
	assert_int_equal(system("rm -rf \"$PWD\""), 0);
	strbuf_free(&before);
	strbuf_free(&after);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(looks_as_diff_prints_it),
		cmocka_unit_test(far_changes_have_hunks_of_their_own),
		cmocka_unit_test(terminals_get_no_foreign_bytes),
		cmocka_unit_test(patch_understands_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
