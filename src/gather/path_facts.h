/* What the paths of an export table are on disk. */
#ifndef PATH_FACTS_H
#define PATH_FACTS_H

#include "arena.h"
#include "resolved_paths.h"
#include "root.h"

/* Fills resolved[i] with realpath(3) of paths[i] inside the root, as glibc
 * gives it to a process that has chroot(2)ed there and stands in "/": a path
 * without leading slash starts there too. The empty path, and whatever
 * realpath(3) answers with an error, is PATH_MISSING, or PATH_HIDDEN where
 * another process may find it.
 *
 * Paths hold no NUL. A real that equals its path shares the path's bytes, the
 * others are taken from arena. Each directory entry is looked at once, however
 * many paths lead through it, and nothing below a missing one. Holds at most
 * six descriptors, and none when it returns. */
void path_facts_gather(struct arena *arena, const struct root *root,
		       const struct str *paths, size_t count,
		       struct resolved_path *resolved);

/* Does that errno of open(2) or stat(2) leave open whether there is a file? */
bool path_error_hides(int error);

#endif
