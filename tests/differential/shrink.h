/* Makes a text that shows a defect smaller. */
#ifndef SHRINK_H
#define SHRINK_H

#include <stdbool.h>

#include "strbuf.h"

/* Removes lines, then words, then bytes from text as long as still_shown
 * says true for what is left in it, until no single line, word or byte can
 * go. text must show the defect to begin with. */
void shrink(struct strbuf *text, bool (*still_shown)(void *context),
	    void *context);

#endif
