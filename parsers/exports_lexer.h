/* Words and gaps of an exports file, one at a time; nfs-utils' xio.c is the
 * model. The parser says which kind of place it is at, because what is
 * skipped there and how long a word may be depend on it. */
#ifndef EXPORTS_LEXER_H
#define EXPORTS_LEXER_H

#include "exports_syntax.h"

enum exports_place {
	EXPORTS_AT_PATH,   /* newlines are skipped, words end at 1,024 bytes */
	EXPORTS_AT_CLIENT, /* a newline ends the entry, words end at 511 */
};

struct exports_lexer {
	struct str text;
	uint32_t offset; /* of the next byte */
};

/* The next gap at this place (blank, comment, continuation), or false. */
bool exports_lex_gap(struct exports_lexer *lexer, enum exports_place place,
		     struct exports_token *token);

/* The next word or empty word; false at the end of the file and, at a client
 * place, at a newline, which stays. Call it when there is no gap.
 *
 * A word that is too long and has a newline inside quotes is cut at that
 * newline, so that the rest can be read as lines again. */
bool exports_lex_word(struct exports_lexer *lexer, enum exports_place place,
		      struct exports_token *token);

/* The CR, VT or FF that ended the word just read, or false. */
bool exports_lex_separator(struct exports_lexer *lexer,
			   struct exports_token *token);

/* Is c white space to the reader (C locale)? */
static inline bool exports_is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Decoding of one word, byte by byte, as the reader does it: quotes vanish,
 * a continuation inside them is one space, and \ooo becomes a byte at the
 * moment its last digit arrives, so that a decoded backslash can begin
 * another escape. Used by the lexer and by exports_word. */
struct exports_decoder {
	char bytes[EXPORTS_PATH_MAX + 2];
	uint32_t offsets[EXPORTS_PATH_MAX + 2]; /* where each byte came from */
	unsigned length;
	bool keep_offsets;
};

/* Takes the byte c that stands at offset. */
void exports_decoder_add(struct exports_decoder *decoder, char c,
			 uint32_t offset);

/* If a continuation begins at offset, the offset behind it and the blanks
 * that it swallows; else offset. */
uint32_t exports_skip_continuation(struct str text, uint32_t offset);

#endif
