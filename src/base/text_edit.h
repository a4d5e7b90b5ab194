/* Edits of a text: spans that are replaced, while every other byte stays. */
#ifndef TEXT_EDIT_H
#define TEXT_EDIT_H

#include "source.h"
#include "strbuf.h"

struct text_edit {
	struct span span; /* empty: text is inserted before it */
	const char *text; /* what replaces it */
};

/* Do two edits touch a common byte, or insert at the same place? Then their
 * order would matter. */
bool text_edits_meet(const struct text_edit *a, const struct text_edit *b);

/* Appends text with the edits made. The edits are in the order of their spans,
 * do not meet, and lie inside the text. */
void text_edits_apply(struct str text, const struct text_edit *edits,
		      size_t count, struct strbuf *out);

#endif
