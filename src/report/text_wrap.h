/* Paragraphs for people, in lines that fit a terminal and a mail. */
#ifndef TEXT_WRAP_H
#define TEXT_WRAP_H

#include <stdbool.h>
#include <stdio.h>

#include "str.h"

enum { TEXT_WRAP_WIDTH = 78 };

/* Prints text in lines of at most TEXT_WRAP_WIDTH columns, each behind indent;
 * only a word that is longer makes a line longer. Foreign bytes are escaped,
 * and a newline ends the last line. */
void text_wrap_write(FILE *out, const char *indent, struct str text);

/* The same, where the first line has an indent of its own. */
void text_wrap_hang(FILE *out, const char *first, const char *rest,
		    struct str text);

/* Prints a name, bold if so, and more behind it, which is empty or begins with
 * a mark and a blank, like ", for"; if both do not fit in a line, what follows
 * the blank is the next one. */
void text_wrap_title(FILE *out, bool bold, struct str name, struct str more);

#endif
