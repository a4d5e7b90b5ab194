/* Properties that hold for any exports file, however broken. */
#include "exports_parser.h"
#include "exports_word.h"
#include "fuzz_target.h"

#define REQUIRE(condition)                                                    \
	do {                                                                  \
		if (!(condition)) {                                           \
			fprintf(stderr, "%s:%d: not so: %s\n", __FILE__,      \
				__LINE__, #condition);                        \
			abort();                                              \
		}                                                             \
	} while (0)

/* Every byte belongs to exactly one token, and only the last is empty. */
static void check_tiling(const struct exports_syntax *syntax)
{
	size_t last = syntax->tokens.count - 1;

	REQUIRE(syntax->tokens.count > 0);
	REQUIRE(syntax->tokens.items[0].begin == 0);
	for (size_t i = 0; i < last; i++) {
		REQUIRE(syntax->tokens.items[i].kind != EXPORTS_END);
		REQUIRE(syntax->tokens.items[i].begin <
			syntax->tokens.items[i + 1].begin);
	}
	REQUIRE(syntax->tokens.items[last].kind == EXPORTS_END);
	REQUIRE(syntax->tokens.items[last].begin == syntax->text.length);
}

static void check_entry(const struct exports_syntax *syntax,
			const struct exports_entry *entry, uint32_t *token,
			uint32_t *item)
{
	REQUIRE(entry->path_token >= *token);
	REQUIRE(entry->path_token < syntax->tokens.count - 1);
	*token = entry->path_token;
	REQUIRE(entry->first_item == *item);
	REQUIRE(entry->item_count <= syntax->items.count - *item);
	*item += entry->item_count;
	for (uint32_t i = entry->first_item; i < *item; i++) {
		REQUIRE(syntax->items.items[i].token >= *token);
		*token = syntax->items.items[i].token;
		REQUIRE(*token < syntax->tokens.count - 1);
	}
}

/* Entries and items stand in the order of the text, and none is left over. */
static void check_entries(const struct exports_syntax *syntax)
{
	uint32_t token = 0, item = 0;

	for (size_t i = 0; i < syntax->entries.count; i++)
		check_entry(syntax, &syntax->entries.items[i], &token, &item);
	REQUIRE(item == syntax->items.count);
}

/* A client's parts lie inside its text, and its options come to an end. */
static void check_client(struct str text)
{
	struct exports_client_word client = exports_client_split(text);
	struct str list = client.options, option;
	size_t count = 0;

	REQUIRE(client.host.length <= text.length);
	REQUIRE(client.options.length <= text.length);
	while (client.options.data && exports_option_next(&list, &option)) {
		REQUIRE(option.length <= client.options.length);
		REQUIRE(++count <= client.options.length + 1);
	}
}

/* Each piece of a word's text comes from inside the word. */
static void check_word_spans(const struct exports_syntax *syntax,
			     uint32_t token, struct str text)
{
	struct span whole = exports_token_span(syntax, token);
	struct span span;

	for (size_t i = 0; i < text.length; i++) {
		span = exports_word_span(syntax, token, i, i + 1);
		REQUIRE(span.begin >= whole.begin && span.end <= whole.end);
		REQUIRE(span.begin < span.end);
	}
}

static void check_word(struct arena *arena, const struct exports_syntax *syntax,
		       uint32_t token)
{
	struct str text = exports_word_text(arena, syntax, token);
	struct span span = exports_token_span(syntax, token);
	unsigned char flags = syntax->tokens.items[token].flags;

	REQUIRE(text.length <= span.end - span.begin);
	if (flags & EXPORTS_TOO_LONG)
		return;
	REQUIRE(text.length <= EXPORTS_PATH_MAX);
	REQUIRE(str_find(text, '\0') == text.length);
	REQUIRE(exports_word_first(syntax, token) ==
		(text.length ? text.data[0] : '\0'));
	check_word_spans(syntax, token, text);
	check_client(text);
}

static void check_syntax(struct arena *arena,
			 const struct exports_syntax *syntax)
{
	check_tiling(syntax);
	check_entries(syntax);
	for (uint32_t i = 0; i < syntax->tokens.count; i++)
		if (syntax->tokens.items[i].kind == EXPORTS_WORD)
			check_word(arena, syntax, i);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_new();
	struct exports_syntax syntax = { 0 };
	struct str text = { (const char *)data, size };
	struct failure failure;

	REQUIRE(exports_parse(arena, text, &syntax, &failure));
	check_syntax(arena, &syntax);
	arena_free(arena);
	return 0;
}
