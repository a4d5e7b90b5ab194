#include "exports_parser.h"

#include "exports_lexer.h"

struct parser {
	struct arena *arena;
	struct exports_lexer lexer;
	struct exports_syntax *syntax;
};

static uint32_t add_token(struct parser *parser, struct exports_token token)
{
	*ARRAY_ADD(parser->arena, &parser->syntax->tokens) = token;
	return (uint32_t)parser->syntax->tokens.count - 1;
}

static void skip_gaps(struct parser *parser, enum exports_place place)
{
	struct exports_token token;

	while (exports_lex_gap(&parser->lexer, place, &token))
		add_token(parser, token);
}

/* The next word at this place with what ends it; false if there is none. An
 * empty word has eaten its separator already. */
static bool next_word(struct parser *parser, enum exports_place place,
		      uint32_t *word)
{
	struct exports_token token;

	skip_gaps(parser, place);
	if (!exports_lex_word(&parser->lexer, place, &token))
		return false;
	*word = add_token(parser, token);
	if (token.kind == EXPORTS_EMPTY_WORD &&
	    exports_is_space(parser->lexer.text.data[token.begin]))
		return true;
	if (exports_lex_separator(&parser->lexer, &token))
		add_token(parser, token);
	return true;
}

static void add_item(struct parser *parser, enum exports_item_kind kind,
		     uint32_t token)
{
	*ARRAY_ADD(parser->arena, &parser->syntax->items) =
		(struct exports_item){ .token = token, .kind = (uint8_t)kind };
}

static bool is_defaults(const struct parser *parser, uint32_t token)
{
	return parser->syntax->tokens.items[token].flags & EXPORTS_DASH;
}

/* One client with the -options before it, if any. previous is the word before
 * it. False at the end of the entry. */
static bool parse_client(struct parser *parser, uint32_t *previous, bool first)
{
	const struct exports_syntax *syntax = parser->syntax;
	uint32_t word = *previous;
	bool there = next_word(parser, EXPORTS_AT_CLIENT, &word);
	bool empty =
		there && syntax->tokens.items[word].kind == EXPORTS_EMPTY_WORD;

	if (!first && (!there || empty))
		return false;
	if (there && !empty && is_defaults(parser, word)) {
		add_item(parser, EXPORTS_DEFAULTS, word);
		there = next_word(parser, EXPORTS_AT_CLIENT, &word);
		empty = there &&
			syntax->tokens.items[word].kind == EXPORTS_EMPTY_WORD;
	}
	add_item(parser, there && !empty ? EXPORTS_CLIENT : EXPORTS_IMPLICIT,
		 word);
	*previous = word;
	return true;
}

static void parse_entry(struct parser *parser, uint32_t path)
{
	struct exports_syntax *syntax = parser->syntax;
	struct exports_entry entry = {
		.path_token = path,
		.first_item = (uint32_t)syntax->items.count,
	};
	uint32_t previous = path;

	if (syntax->tokens.items[path].kind == EXPORTS_WORD &&
	    parse_client(parser, &previous, true))
		while (parse_client(parser, &previous, false))
			continue;
	entry.item_count = (uint32_t)syntax->items.count - entry.first_item;
	*ARRAY_ADD(parser->arena, &syntax->entries) = entry;
}

/* Room for what a text of this many lines mostly has: a path, a client and
 * what is between them. A guess that is too high costs nothing; it is bounded
 * for texts that are all newlines. */
static void reserve(struct parser *parser, struct str text)
{
	enum { TOKENS_A_LINE = 4, SHORTEST_LINE = 16 };
	struct exports_syntax *syntax = parser->syntax;
	size_t lines = 1, most = text.length / SHORTEST_LINE + 1;

	for (size_t at = 0; lines < most; lines++, at++) {
		at += str_find(str_skip(text, at), '\n');
		if (at == text.length)
			break;
	}
	ARRAY_RESERVE(parser->arena, &syntax->tokens, lines * TOKENS_A_LINE);
	ARRAY_RESERVE(parser->arena, &syntax->entries, lines);
	ARRAY_RESERVE(parser->arena, &syntax->items, lines);
}

bool exports_parse(struct arena *arena, struct str text,
		   struct exports_syntax *syntax, struct failure *failure)
{
	struct parser parser = {
		.arena = arena,
		.lexer = { .text = text },
		.syntax = syntax,
	};
	uint32_t path;

	*syntax = (struct exports_syntax){ .text = text };
	if (text.length > SOURCE_MAX_BYTES)
		return failure_set(failure, "larger than 1 GiB");
	reserve(&parser, text);
	while (next_word(&parser, EXPORTS_AT_PATH, &path)) {
		parse_entry(&parser, path);
		if (syntax->tokens.count > EXPORTS_TOKENS_MAX)
			return failure_set(failure,
					   "more than %zu words and gaps",
					   EXPORTS_TOKENS_MAX);
	}
	add_token(&parser,
		  (struct exports_token){ .begin = (uint32_t)text.length,
					  .kind = EXPORTS_END });
	return true;
}
