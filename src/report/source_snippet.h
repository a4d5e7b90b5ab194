/* A line of a source with marks below it, as compilers show it. */
#ifndef SOURCE_SNIPPET_H
#define SOURCE_SNIPPET_H

#include <stdio.h>

#include "source.h"

/* Prints the line in which span begins, with ^ under the span and ~ under
 * also, if that is not empty and stands in the same line:
 *
 *        12 | /srv/data  10.1.0.0/16(rw,no_root_squash)
 *           |            ~~~~~~~~~~~    ^^^^^^^^^^^^^^
 *
 * Tabs become single blanks, other foreign bytes are escaped; of a long line
 * the part around span is shown. Of an empty source nothing is. */
void source_snippet_print(FILE *out, struct arena *arena, struct source *source,
			  struct span span, struct span also);

#endif
