#include "exports_parser.h"

#include "exports_generator.h"
#include "exports_word.h"
#include "unit_test.h"

/* The tokens as letters: b blank, c comment, k continuation, s separator,
 * w word, e empty word; then for each entry its items: C, D, I. */
static const char *shape_of(struct arena *arena, struct str text)
{
	static const char token_letters[] = "bckswe.", item_letters[] = "CDI";
	struct exports_syntax syntax;
	struct failure failure;
	struct strbuf shape = { 0 };
	const char *copy;

	assert_true(exports_parse(arena, text, &syntax, &failure));
	for (size_t i = 0; i + 1 < syntax.tokens.count; i++)
		strbuf_add_char(&shape,
				token_letters[syntax.tokens.items[i].kind]);
	for (size_t e = 0; e < syntax.entries.count; e++) {
		const struct exports_entry *entry = &syntax.entries.items[e];

		strbuf_add_char(&shape, ' ');
		for (uint32_t i = 0; i < entry->item_count; i++)
			strbuf_add_char(
				&shape,
				item_letters[syntax.items
						     .items[entry->first_item +
							    i]
						     .kind]);
	}
	copy = arena_copy(arena, strbuf_str(&shape).data, shape.length);
	strbuf_free(&shape);
	return copy;
}

static void test_shapes(void **state)
{
	static const struct {
		struct str text;
		const char *shape;
	} rows[] = {
		{ STR(""), "" },
		{ STR("\n\n# only a comment"), "bc" },
		{ STR("/p"), "w I" },
		{ STR("/p h"), "wbw C" },
		{ STR("/p h\n/q k(ro) (rw)\n"), "wbwbwbwbwb C CC" },
		{ STR("/p #h"), "wbc I" },
		{ STR("/p h# c"), "wbwbw CC" },
		{ STR("/p -ro h"), "wbwbw DC" },
		{ STR("/p -ro"), "wbw DI" },
		{ STR("/p -ro -rw h"), "wbwbwbw DCC" },
		{ STR("/p h -ro"), "wbwbw CDI" },
		{ STR("/p h \\\n  k"), "wbwbkw CC" },
		{ STR("/p h\\\nk"), "wbwkw CC" },
		{ STR("/p \\ \nh(rw)"), "wbwbbw C I" },
		{ STR("/p \\\r\n h"), "wbwsbw C I" },
		{ STR("/p h\r\n"), "wbwsb C" },
		{ STR("\r\n/p h"), "ebwbw  C" },
		{ STR("/p \fh"), "wbew IC" },
		{ STR("/p h \f/q k"), "wbwbewbw C C" },
		{ STR("\"\" h"), "ebw  I" },
		{ STR("/p \"\" h"), "wbebw IC" },
		{ STR("\"/p q\" h"), "wbw C" },
		{ STR("/p \"h(rw, async)\""), "wbw C" },
		{ STR("\"/p\nq\" h"), "wbw C" },
		{ STR("/p\0q h"), "wbwbw CC" },
		{ STR("/\"p\"\0q h"), "wbwbw CC" },
		{ STR("\r\r/p h"), "eewbw   C" },
		{ STR("/p h \\\n"), "wbwbk C" },
		{ STR("/r#x h"), "wbw C" },
		{ STR("\"/p h\n/q k"), "w I" },
	};
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		assert_string_equal(shape_of(arena, rows[i].text),
				    rows[i].shape);
	arena_free(arena);
}

/* One text and what is read of its first word. */
static void test_words(void **state)
{
	static const struct {
		struct str raw, text;
	} rows[] = {
		{ STR("/plain"), STR("/plain") },
		{ STR("\"/p q\""), STR("/p q") },
		{ STR("/p\" q\"r"), STR("/p qr") },
		{ STR("/p\\040q"), STR("/p q") },
		{ STR("/p\\134040"), STR("/p ") },
		{ STR("/\\0\\0661"), STR("/1") },
		{ STR("/\\400"), STR("/\\400") },
		{ STR("/\\04x"), STR("/\\04x") },
		{ STR("/\\048"), STR("/\\048") },
		{ STR("/\\080"), STR("/\\080") },
		{ STR("/\\x40"), STR("/\\x40") },
		{ STR("/\\1\"34\""), STR("/\\") },
		{ STR("/p\\000q"), STR("/p") },
		{ STR("\"/p\0q\""), STR("/p") },
		{ STR("\"/p\\\n  q\""), STR("/p q") },
		{ STR("\"/p\\\n\tq\""), STR("/p q") },
		{ STR("/p\\\"q r\""), STR("/p\\q r") },
		{ STR("\\134\\060\\064\\060"), STR("\\040") },
	};
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct exports_syntax syntax;
		struct str text;

		assert_true(exports_parse(arena, rows[i].raw, &syntax, NULL));
		text = exports_word_text(arena, &syntax, 0);
		assert_int_equal(text.length, rows[i].text.length);
		assert_memory_equal(text.data, rows[i].text.data, text.length);
	}
	arena_free(arena);
}

static uint8_t first_flags(struct arena *arena, struct strbuf *text)
{
	struct exports_syntax syntax;

	assert_true(exports_parse(arena, strbuf_str(text), &syntax, NULL));
	return syntax.tokens.items[0].flags;
}

/* The limit holds for what is decoded so far, not for what will remain. */
static void test_path_limit(void **state)
{
	static const struct {
		const char *end;
		unsigned length; /* of the letters before it */
		bool too_long;
	} rows[] = {
		{ "", 1024, false },	  { "", 1025, true },
		{ "\\040", 1021, false }, { "\\040", 1022, true },
		{ "\"\"", 1024, false },  { "\"x\"", 1024, true },
	};
	struct arena *arena = arena_new();

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct strbuf text = { 0 };

		for (unsigned k = 0; k < rows[i].length; k++)
			strbuf_add_char(&text, 'p');
		strbuf_add_text(&text, rows[i].end);
		assert_int_equal(
			!!(first_flags(arena, &text) & EXPORTS_TOO_LONG),
			rows[i].too_long);
		strbuf_free(&text);
	}
	arena_free(arena);
}

/* An open quote that nfs-utils gives up on costs a line here, not the file. */
static void test_long_quote_ends_at_newline(void **state)
{
	struct arena *arena = arena_new();
	struct exports_syntax syntax;
	struct strbuf text = { 0 };

	(void)state;
	strbuf_add_text(&text, "\"/p h\n");
	for (int i = 0; i < 100; i++)
		strbuf_printf(&text, "/path/number/%d host%d\n", i, i);
	assert_true(exports_parse(arena, strbuf_str(&text), &syntax, NULL));
	assert_int_equal(syntax.tokens.items[0].flags,
			 EXPORTS_TOO_LONG | EXPORTS_UNTERMINATED);
	assert_int_equal(syntax.tokens.items[1].begin, strlen("\"/p h"));
	assert_int_equal(syntax.entries.count, 101);
	strbuf_free(&text);
	arena_free(arena);
}

static void test_span_of_decoded_text(void **state)
{
	struct str text = STR("/p \"h(r\\167, x)\"");
	struct arena *arena = arena_new();
	struct exports_syntax syntax;
	struct span span;

	(void)state;
	assert_true(exports_parse(arena, text, &syntax, NULL));
	span = exports_word_span(&syntax, 2, 2, 4); /* rw */
	assert_int_equal(span.begin, 6);
	assert_int_equal(span.end, 11);
	span = exports_word_span(&syntax, 2, 5, 7); /* " x" */
	assert_int_equal(span.begin, 12);
	assert_int_equal(span.end, 14);
	span = exports_word_span(&syntax, 2, 7, 8); /* ) */
	assert_int_equal(span.begin, 14);
	assert_int_equal(span.end, 16);
	text = STR("\"a\\\n  b\"");
	assert_true(exports_parse(arena, text, &syntax, NULL));
	span = exports_word_span(&syntax, 0, 1, 2); /* the continuation */
	assert_int_equal(span.begin, 2);
	assert_int_equal(span.end, 6);
	arena_free(arena);
}

static void test_long_word_is_not_decoded(void **state)
{
	struct arena *arena = arena_new();
	struct exports_syntax syntax;
	struct strbuf text = { 0 };

	(void)state;
	strbuf_add_char(&text, '"');
	for (int i = 0; i < 5000; i++)
		strbuf_add_char(&text, 'p');
	strbuf_add_char(&text, '"');
	assert_true(exports_parse(arena, strbuf_str(&text), &syntax, NULL));
	assert_true(str_equal(exports_word_text(arena, &syntax, 0),
			      strbuf_str(&text)));
	strbuf_free(&text);
	arena_free(arena);
}

/* Refused before the first byte is looked at. */
static void test_too_large_text(void **state)
{
	struct arena *arena = arena_new();
	struct exports_syntax syntax;
	struct failure failure;

	(void)state;
	assert_false(exports_parse(arena,
				   (struct str){ "/p", SOURCE_MAX_BYTES + 1 },
				   &syntax, &failure));
	assert_string_equal(failure.text, "larger than 1 GiB");
	arena_free(arena);
}

static void test_client_split(void **state)
{
	static const struct {
		struct str text, host, options;
		bool bad;
	} rows[] = {
		{ STR("h"), STR("h"), { NULL, 0 }, false },
		{ STR("h()"), STR("h"), STR(""), false },
		{ STR("h(ro)"), STR("h"), STR("ro"), false },
		{ STR("(ro)"), STR(""), STR("ro"), false },
		{ STR("h(ro"), STR("h"), STR("ro"), true },
		{ STR("h(ro)x"), STR("h"), STR("ro"), true },
		{ STR("h((ro))"), STR("h"), STR("(ro"), true },
		{ STR("hro)"), STR("hro)"), { NULL, 0 }, false },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct exports_client_word word =
			exports_client_split(rows[i].text);

		assert_true(str_equal(word.host, rows[i].host));
		assert_int_equal(!word.options.data, !rows[i].options.data);
		assert_true(str_equal(word.options, rows[i].options));
		assert_int_equal(word.bad_list, rows[i].bad);
	}
}

static void test_options(void **state)
{
	static const struct {
		const char *list, *options; /* each behind a bar */
	} rows[] = {
		{ "", "" },
		{ "  ", "" },
		{ "rw", "|rw" },
		{ "rw,", "|rw" },
		{ "rw, ", "|rw" },
		{ " rw,\tsync", "|rw|sync" },
		{ ",rw", "||rw" },
		{ "rw,,sync", "|rw||sync" },
		{ "rw ,x", "|rw |x" },
		{ ",", "|" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		struct str list = str_of(rows[i].list), option;
		struct strbuf got = { 0 };

		while (exports_option_next(&list, &option)) {
			strbuf_add_char(&got, '|');
			strbuf_add(&got, option);
		}
		assert_true(str_is(strbuf_str(&got), rows[i].options));
		strbuf_free(&got);
	}
}

/* Tokens are in order, and joined they are the text; every item and entry
 * names a word. */
static void check_tiling(const struct exports_syntax *syntax)
{
	uint32_t end = 0;

	for (uint32_t i = 0; i + 1 < syntax->tokens.count; i++) {
		struct span span = exports_token_span(syntax, i);

		assert_int_equal(span.begin, end);
		assert_true(span.end > span.begin);
		end = span.end;
	}
	assert_int_equal(end, syntax->text.length);
	for (size_t i = 0; i < syntax->items.count; i++) {
		uint8_t kind =
			syntax->tokens.items[syntax->items.items[i].token].kind;

		assert_true(kind == EXPORTS_WORD || kind == EXPORTS_EMPTY_WORD);
	}
}

/* What a word decodes to is within the limits, and each byte of it comes from
 * within the word. */
static void check_words(struct arena *arena,
			const struct exports_syntax *syntax)
{
	for (uint32_t i = 0; i + 1 < syntax->tokens.count; i++) {
		const struct exports_token *token = &syntax->tokens.items[i];
		struct span word = exports_token_span(syntax, i), span;
		struct str text;

		if (token->kind != EXPORTS_WORD ||
		    token->flags & EXPORTS_TOO_LONG)
			continue;
		text = exports_word_text(arena, syntax, i);
		assert_true(text.length <= EXPORTS_PATH_MAX);
		for (size_t k = 0; k <= text.length; k++) {
			span = exports_word_span(syntax, i, k, text.length);
			assert_true(word.begin <= span.begin);
			assert_true(span.begin <= span.end);
			assert_true(span.end <= word.end);
		}
	}
}

static void test_generated(void **state)
{
	(void)state;
	for (unsigned seed = 0; seed < 600; seed++) {
		struct exports_generator_options options = {
			.seed = seed,
			.broken = (enum exports_brokenness)(seed % 3),
		};
		struct arena *arena = arena_new();
		struct exports_syntax syntax;
		struct strbuf text = { 0 };

		exports_generate(&options, &text);
		assert_true(
			exports_parse(arena, strbuf_str(&text), &syntax, NULL));
		check_tiling(&syntax);
		check_words(arena, &syntax);
		strbuf_free(&text);
		arena_free(arena);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_shapes),
		cmocka_unit_test(test_words),
		cmocka_unit_test(test_path_limit),
		cmocka_unit_test(test_long_quote_ends_at_newline),
		cmocka_unit_test(test_span_of_decoded_text),
		cmocka_unit_test(test_long_word_is_not_decoded),
		cmocka_unit_test(test_too_large_text),
		cmocka_unit_test(test_client_split),
		cmocka_unit_test(test_options),
		cmocka_unit_test(test_generated),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
