/* A whole file, or whatever a descriptor gives, in memory. */
#ifndef FILE_READ_H
#define FILE_READ_H

#include "arena.h"
#include "failure.h"
#include "str.h"

/* Reads fd from its current position to the end; fd may be a regular file, a
 * pipe, a device. The descriptor stays open. On success text holds the bytes,
 * in the arena, with a NUL behind them that does not count.
 *
 * changed (NULL is allowed) tells that a regular file was written or cut while
 * it was read: text is then what was seen, perhaps half old and half new.
 *
 * More than limit bytes are a failure, as are a directory and an error of
 * read(2). Failures begin with name. Memory is about the size of the file, also
 * when the size is not known before. */
bool file_read(struct arena *arena, int fd, const char *name, size_t limit,
	       struct str *text, bool *changed, struct failure *failure)
	__attribute__((warn_unused_result));

/* The text of a failure to open or read name: "NAME: is a directory" for
 * EISDIR, else "NAME: " and strerror(3). Returns false. */
bool file_failure(struct failure *failure, const char *name, int error);

#endif
