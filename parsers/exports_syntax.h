/* The lossless syntax of an exports(5) file.
 *
 * Tokens tile the text: each byte belongs to exactly one of them. Entries and
 * items are indexes into the tokens, so a file of a million lines costs a few
 * bytes a word. Nothing here says what exportfs would do with a word; that is
 * the model's part. The grammar is that of nfs-utils' own reader, which also
 * reads etab with it.
 */
#ifndef EXPORTS_SYNTAX_H
#define EXPORTS_SYNTAX_H

#include "array.h"
#include "source.h"

/* The longest words that nfs-utils reads, in bytes after decoding. */
enum {
	EXPORTS_PATH_MAX = 1024,
	EXPORTS_CLIENT_MAX = 511, /* client(options), or a -list */
};

/* The most tokens of one file; beyond it the file is refused. Bounds the
 * memory at 1 GiB for text made of one-letter words. */
#define EXPORTS_TOKENS_MAX ((size_t)1 << 27)

enum exports_token_kind {
	EXPORTS_BLANK,	      /* blanks and NULs; newlines between entries */
	EXPORTS_COMMENT,      /* from # up to the newline, without it */
	EXPORTS_CONTINUATION, /* backslash, newline, blanks behind it */
	EXPORTS_SEPARATOR,    /* one CR, VT or FF that ends a word */
	EXPORTS_WORD,
	EXPORTS_EMPTY_WORD, /* "" or CR, VT, FF where a word should begin */
	EXPORTS_END,	    /* of no length, always the last token */
};

enum exports_token_flag {
	EXPORTS_PLAIN = 1, /* no quote, escape or NUL: the bytes are the text */
	EXPORTS_TOO_LONG = 2,	  /* more than nfs-utils reads; it stops here */
	EXPORTS_UNTERMINATED = 4, /* a quote is open at the end of the file */
	EXPORTS_DASH = 8,	  /* the text begins with "-" */
};

struct exports_token {
	uint32_t begin; /* it ends where the next token begins */
	uint8_t kind;	/* enum exports_token_kind */
	uint8_t flags;	/* enum exports_token_flag */
};

enum exports_item_kind {
	EXPORTS_CLIENT,	  /* a word host, host(options) or (options) */
	EXPORTS_DEFAULTS, /* a word -options, for the clients behind it */
	EXPORTS_IMPLICIT, /* no client is written where one is expected: the
			     token is the empty word, or the path or -options
			     word before the end of the line */
};

struct exports_item {
	uint32_t token;
	uint8_t kind; /* enum exports_item_kind */
};

/* A path and its items, in the order of the text. An entry whose path token
 * is an EXPORTS_EMPTY_WORD has no items: there nfs-utils stops reading. */
struct exports_entry {
	uint32_t path_token;
	uint32_t first_item;
	uint32_t item_count;
};

struct exports_syntax {
	struct str text;
	ARRAY(struct exports_token) tokens;
	ARRAY(struct exports_entry) entries;
	ARRAY(struct exports_item) items;
};

/* The bytes of a token. */
static inline struct span
exports_token_span(const struct exports_syntax *syntax, uint32_t token)
{
	return (struct span){ syntax->tokens.items[token].begin,
			      syntax->tokens.items[token + 1].begin };
}

#endif
