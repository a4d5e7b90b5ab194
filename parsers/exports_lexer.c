#include "exports_lexer.h"

uint32_t exports_skip_continuation(struct str text, uint32_t offset)
{
	if (text.length - offset < 2 || text.data[offset] != '\\' ||
	    text.data[offset + 1] != '\n')
		return offset;
	offset += 2;
	while (offset < text.length &&
	       (text.data[offset] == ' ' || text.data[offset] == '\t'))
		offset++;
	return offset;
}

static bool is_blank(char c, enum exports_place place)
{
	return c == ' ' || c == '\t' || c == '\0' ||
	       (c == '\n' && place == EXPORTS_AT_PATH);
}

bool exports_lex_gap(struct exports_lexer *lexer, enum exports_place place,
		     struct exports_token *token)
{
	struct str text = lexer->text;
	uint32_t at = lexer->offset;

	if (at == text.length)
		return false;
	*token = (struct exports_token){ .begin = at };
	if (is_blank(text.data[at], place)) {
		token->kind = EXPORTS_BLANK;
		while (at < text.length && is_blank(text.data[at], place))
			at++;
	} else if (text.data[at] == '#') {
		token->kind = EXPORTS_COMMENT;
		at += (uint32_t)str_find(str_skip(text, at), '\n');
	} else {
		token->kind = EXPORTS_CONTINUATION;
		at = exports_skip_continuation(text, at);
	}
	if (at == lexer->offset)
		return false;
	lexer->offset = at;
	return true;
}

static bool is_octal(char c)
{
	return c >= '0' && c <= '7';
}

/* The byte that the last four bytes spell as \ooo, or -1. */
static int octal_value(const char *four)
{
	int value;

	if (four[0] != '\\' || !is_octal(four[1]) || !is_octal(four[2]) ||
	    !is_octal(four[3]))
		return -1;
	value = (four[1] - '0') * 64 + (four[2] - '0') * 8 + (four[3] - '0');
	return value < 256 ? value : -1;
}

void exports_decoder_add(struct exports_decoder *decoder, char c,
			 uint32_t offset)
{
	int value;

	decoder->bytes[decoder->length] = c;
	if (decoder->keep_offsets)
		decoder->offsets[decoder->length] = offset;
	decoder->length++;
	if (decoder->length < 4)
		return;
	value = octal_value(decoder->bytes + decoder->length - 4);
	if (value >= 0) {
		decoder->length -= 3;
		decoder->bytes[decoder->length - 1] = (char)value;
	}
}

/* Reading of one word that is not plain. */
struct word_scan {
	struct exports_decoder decoder;
	uint32_t first_newline; /* inside quotes, or UINT32_MAX */
	uint8_t flags;
	bool empty;
};

/* Runs over the word at *at, which ends before unquoted white space, NUL or a
 * continuation. */
static void scan_word(struct str text, uint32_t *at, unsigned max,
		      struct word_scan *scan)
{
	bool quoted = false;

	scan->first_newline = UINT32_MAX;
	scan->empty = true;
	scan->decoder.length = 0;
	scan->decoder.keep_offsets = false;
	while (*at < text.length) {
		char c = text.data[*at];
		uint32_t next = exports_skip_continuation(text, *at);

		if (!quoted &&
		    (next != *at || c == '\0' || exports_is_space(c)))
			break;
		if (next != *at)
			c = ' ';
		else
			next++;
		if (quoted && scan->first_newline == UINT32_MAX &&
		    text.data[next - 1] == '\n')
			scan->first_newline = next - 1;
		*at = next;
		if (c == '"') {
			quoted = !quoted;
			continue;
		}
		scan->empty = false;
		if (scan->flags & EXPORTS_TOO_LONG)
			continue;
		exports_decoder_add(&scan->decoder, c, 0);
		if (scan->decoder.length > max)
			scan->flags |= EXPORTS_TOO_LONG;
	}
	if (quoted)
		scan->flags |= EXPORTS_UNTERMINATED;
	if (scan->decoder.length && scan->decoder.bytes[0] == '-')
		scan->flags |= EXPORTS_DASH;
}

/* Length of the run of bytes that need no decoding. */
static uint32_t plain_run(struct str text, uint32_t at)
{
	uint32_t begin = at;

	while (at < text.length) {
		char c = text.data[at];

		if (c == '"' || c == '\\' || c == '\0' || exports_is_space(c))
			break;
		at++;
	}
	return at - begin;
}

bool exports_lex_word(struct exports_lexer *lexer, enum exports_place place,
		      struct exports_token *token)
{
	struct str text = lexer->text;
	unsigned max = place == EXPORTS_AT_PATH ? EXPORTS_PATH_MAX
						: EXPORTS_CLIENT_MAX;
	uint32_t begin = lexer->offset, at;
	struct word_scan scan;

	if (begin == text.length || text.data[begin] == '\n')
		return false;
	*token = (struct exports_token){ .begin = begin, .kind = EXPORTS_WORD };
	if (exports_is_space(text.data[begin])) {
		token->kind = EXPORTS_EMPTY_WORD;
		lexer->offset++;
		return true;
	}
	at = begin + plain_run(text, begin);
	if (at == text.length ||
	    (text.data[at] != '"' && text.data[at] != '\\')) {
		token->flags = EXPORTS_PLAIN;
		if (text.data[begin] == '-')
			token->flags |= EXPORTS_DASH;
		if (at - begin > max)
			token->flags |= EXPORTS_TOO_LONG;
		lexer->offset = at;
		return true;
	}
	scan.flags = 0;
	at = begin;
	scan_word(text, &at, max, &scan);
	if ((scan.flags & EXPORTS_TOO_LONG) && scan.first_newline < at)
		at = scan.first_newline;
	token->flags = scan.flags;
	if (scan.empty)
		token->kind = EXPORTS_EMPTY_WORD;
	lexer->offset = at;
	return true;
}

bool exports_lex_separator(struct exports_lexer *lexer,
			   struct exports_token *token)
{
	struct str text = lexer->text;
	char c = lexer->offset < text.length ? text.data[lexer->offset] : ' ';

	if (c != '\r' && c != '\v' && c != '\f')
		return false;
	*token = (struct exports_token){ .begin = lexer->offset++,
					 .kind = EXPORTS_SEPARATOR };
	return true;
}
