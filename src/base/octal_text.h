/* Texts in which the kernel and nfs-utils write some bytes as \ooo. */
#ifndef OCTAL_TEXT_H
#define OCTAL_TEXT_H

#include "arena.h"
#include "str.h"

/* The text with each backslash and three octal digits replaced by their byte;
 * all else stays. text itself where there is nothing to replace, otherwise in
 * arena. */
struct str octal_text_decode(struct arena *arena, struct str text);

#endif
