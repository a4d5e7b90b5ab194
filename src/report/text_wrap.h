/* Paragraphs for people, in lines that fit a terminal and a mail. */
#ifndef TEXT_WRAP_H
#define TEXT_WRAP_H

#include <stdio.h>

#include "str.h"

enum { TEXT_WRAP_WIDTH = 78 };

/* Prints text in lines of at most TEXT_WRAP_WIDTH columns, each behind indent;
 * only a word that is longer makes a line longer. Foreign bytes are escaped,
 * and a newline ends the last line. */
void text_wrap_write(FILE *out, const char *indent, struct str text);

#endif
