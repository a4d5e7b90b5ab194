/* Why something of our own could not be done: a file that can't be read, a
 * wrong option. Not for what the user's text or a server says wrong; those are
 * diagnostics and facts.
 */
#ifndef FAILURE_H
#define FAILURE_H

#include <stdbool.h>

struct failure {
	char text[512]; /* one line without newline, cut if longer; may hold
			   foreign bytes, so print it escaped */
};

/* Fills failure (NULL is allowed) and returns false, so that one can write
 * return failure_set(failure, "%s: %s", path, strerror(errno)); */
bool failure_set(struct failure *failure, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

#endif
