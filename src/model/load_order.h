/* Which files of exports.d exportfs reads, and in which order. */
#ifndef LOAD_ORDER_H
#define LOAD_ORDER_H

#include <stdbool.h>
#include <stddef.h>

/* Whether a file of this name is read: it does not start with "." and has at
 * least one byte before its ".exports" (exports(5)). */
bool load_order_counts(const char *name);

/* Sorts names as exportfs loads them: strverscmp(3), "9" before "10" and
 * "010" before "9". */
void load_order_sort(const char **names, size_t count);

#endif
