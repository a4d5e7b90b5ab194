/* Text for HTML and XML documents: no byte of it is taken for markup. */
#ifndef MARKUP_TEXT_H
#define MARKUP_TEXT_H

#include <stdio.h>

#include "str.h"

/* Writes text that is known to be printable, with references in the place of
 * & < > " ' (the five that XML 1.0, section 4.6, and HTML share). Safe between
 * tags and in attributes with quotes. */
void markup_write(FILE *out, struct str text);

/* The same for foreign bytes, which are escaped first (text_escape.h). */
void markup_write_foreign(FILE *out, struct str text);

#endif
