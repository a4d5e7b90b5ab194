/* What the file system says about the paths of an export table; filled by
 * gather, read by the model. */
#ifndef RESOLVED_PATHS_H
#define RESOLVED_PATHS_H

#include "str.h"

enum path_kind {
	PATH_MISSING, /* does not resolve: absent, a loop, a dangling link */
	PATH_DIRECTORY,
	PATH_FILE,   /* a regular file */
	PATH_OTHER,  /* FIFO, device, socket */
	PATH_HIDDEN, /* not known: rights are missing to look, or a disk fails
		      */
};

/* One path. real is what realpath(3) gives inside the root: absolute, without
 * links, "." and ".."; .data is NULL when the path does not resolve. */
struct resolved_path {
	struct str real;
	enum path_kind kind;
};

#endif
