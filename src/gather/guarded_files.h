/* Who may write to the files that decide what is exported. */
#ifndef GUARDED_FILES_H
#define GUARDED_FILES_H

#include "local_server.h"
#include "local_state.h"
#include "owner_names.h"
#include "root.h"

struct guarded_reader {
	struct arena *arena;
	const struct root *root;
	struct local_state *state; /* gets a source for each file */
	struct owner_names *names;
};

/* Adds the file or folder at path, inside the root, and every folder that it
 * is reached through, links followed or not. A missing one adds nothing;
 * nothing is added twice. */
void guarded_files_add(struct guarded_reader *reader, const char *path,
		       struct guarded_files *files);

#endif
