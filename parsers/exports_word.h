/* The text of words: decoding, the way back to the source, and the parts of
 * a client word. */
#ifndef EXPORTS_WORD_H
#define EXPORTS_WORD_H

#include "exports_syntax.h"

/* The text of a word as nfs-utils sees it: decoded and cut at the first NUL.
 * For a plain word these are the source's bytes, else a copy in arena. A word
 * that is too long gives its raw bytes. */
struct str exports_word_text(struct arena *arena,
			     const struct exports_syntax *syntax,
			     uint32_t token);

/* The source's bytes that bytes begin to end - 1 of that text came from. */
struct span exports_word_span(const struct exports_syntax *syntax,
			      uint32_t token, size_t begin, size_t end);

/* A client word's text, split at its first parenthesis. */
struct exports_client_word {
	struct str host;
	struct str options; /* between the parentheses; .data NULL if none */
	bool bad_list;	    /* the first ')' is missing or not the last byte */
};

struct exports_client_word exports_client_split(struct str text);

/* Takes the next option off list, blanks before it skipped. False when none
 * is left; a comma at the end does not begin another option. */
bool exports_option_next(struct str *list, struct str *option);

#endif
