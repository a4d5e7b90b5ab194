/* A file with other contents, at once: whoever opens it, and whatever happens
 * in between, sees all of the old or all of the new bytes. */
#ifndef FILE_REPLACE_H
#define FILE_REPLACE_H

#include "arena.h"
#include "failure.h"
#include "str.h"

/* Puts text in the place of the file that fd is open on for reading. A link
 * that led to it stays; owner, mode, ACLs, security label and other extended
 * attributes are kept. old is what was read from fd: a file that has other
 * bytes by now, or another one of its name, is left alone, as is one that
 * another file_replace() is working on.
 *
 * The new file is written and synced beside the old one, under no name or one
 * that begins with a dot, and renamed over it, with signals held back. So
 * there must be room in its folder and the right to write there; a file with
 * more than one hard link, or mounted by itself, can't be replaced. Nothing is
 * left behind but by a kill or a crash of the system, and then one such dot
 * file at most. Needs /proc.
 *
 * Failures begin with name; after all but the last one, of syncing the folder,
 * the old file is in place. */
bool file_replace(int fd, const char *name, struct str old, struct str text,
		  struct failure *failure) __attribute__((warn_unused_result));

/* Gives the file of that name these contents, in the same way; one that is not
 * there is made, with mode 0666 but for the umask. What is no regular file, a
 * pipe or a device, is written to. arena is for its old bytes. */
bool file_write(struct arena *arena, const char *name, struct str text,
		struct failure *failure) __attribute__((warn_unused_result));

#endif
