/* What differs between two texts, as diff -u prints it and patch(1) reads it.
 */
#ifndef UNIFIED_DIFF_H
#define UNIFIED_DIFF_H

#include <stdio.h>

#include "arena.h"
#include "str.h"

/* How it is to look on a terminal; { 0 } is for patch(1). */
struct diff_style {
	bool color;
	bool escape; /* foreign bytes, with which patch(1) would not work */
};

/* Writes the differences with three lines of context; nothing if there are
 * none. The time is linear in the texts: lines that moved far or changed in
 * long runs may be shown as replaced where a shorter diff exists. */
void unified_diff_write(FILE *out, struct arena *arena, const char *name,
			struct str before, struct str after,
			struct diff_style style);

#endif
