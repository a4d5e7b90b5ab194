/* A file below the root that is read whole, to look for facts in it. */
#ifndef SMALL_FILE_H
#define SMALL_FILE_H

#include "arena.h"
#include "root.h"
#include "str.h"

/* Reads a regular file of at most limit bytes. Returns 0, or errno(3), EFBIG
 * for a larger one; text is then empty. */
int small_file_read(struct arena *arena, const struct root *root,
		    const char *path, size_t limit, struct str *text);

#endif
