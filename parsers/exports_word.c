#include "exports_word.h"

#include "exports_lexer.h"

/* Decodes a word that is not too long. */
static void decode(const struct exports_syntax *syntax, uint32_t token,
		   struct exports_decoder *decoder)
{
	struct span span = exports_token_span(syntax, token);
	struct str text = { syntax->text.data, span.end };

	decoder->length = 0;
	for (uint32_t at = span.begin; at < span.end;) {
		uint32_t next = exports_skip_continuation(text, at);

		if (next != at)
			exports_decoder_add(decoder, ' ', at);
		else if (text.data[next++] != '"')
			exports_decoder_add(decoder, text.data[at], at);
		at = next;
	}
}

static bool is_raw(const struct exports_syntax *syntax, uint32_t token)
{
	return syntax->tokens.items[token].flags &
	       (EXPORTS_PLAIN | EXPORTS_TOO_LONG);
}

struct str exports_word_text(struct arena *arena,
			     const struct exports_syntax *syntax,
			     uint32_t token)
{
	struct exports_decoder decoder;
	struct str text;

	if (is_raw(syntax, token)) {
		struct span span = exports_token_span(syntax, token);

		return str_range(syntax->text.data + span.begin,
				 syntax->text.data + span.end);
	}
	decoder.keep_offsets = false;
	decode(syntax, token, &decoder);
	text = (struct str){ decoder.bytes, decoder.length };
	text.length = str_find(text, '\0');
	text.data = arena_copy(arena, text.data, text.length);
	return text;
}

struct span exports_word_span(const struct exports_syntax *syntax,
			      uint32_t token, size_t begin, size_t end)
{
	struct span span = exports_token_span(syntax, token);
	struct exports_decoder decoder;

	if (is_raw(syntax, token))
		return (struct span){ span.begin + (uint32_t)begin,
				      span.begin + (uint32_t)end };
	decoder.keep_offsets = true;
	decode(syntax, token, &decoder);
	if (end < decoder.length)
		span.end = decoder.offsets[end];
	if (begin < decoder.length)
		span.begin = decoder.offsets[begin];
	else
		span.begin = span.end;
	return span;
}

struct exports_client_word exports_client_split(struct str text)
{
	struct exports_client_word word = { .host = text };
	size_t open = str_find(text, '(');

	if (open == text.length)
		return word;
	word.host.length = open;
	word.options = str_skip(text, open + 1);
	word.options.length = str_find(word.options, ')');
	word.bad_list = open + 1 + word.options.length + 1 != text.length;
	return word;
}

static struct str skip_blanks(struct str list)
{
	while (list.length && (list.data[0] == ' ' || list.data[0] == '\t'))
		list = str_skip(list, 1);
	return list;
}

bool exports_option_next(struct str *list, struct str *option)
{
	struct str rest = skip_blanks(*list);

	if (!rest.length)
		return false;
	*option = rest;
	option->length = str_find(rest, ',');
	rest = str_skip(rest, option->length);
	*list = rest.length ? str_skip(rest, 1) : rest;
	return true;
}
