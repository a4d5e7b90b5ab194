/* The processes that /proc shows. */
#ifndef PROCESS_NAMES_H
#define PROCESS_NAMES_H

#include "array.h"
#include "root.h"
#include "str.h"

struct process_name {
	const char *folder; /* "/proc/1234" */
	struct str name;    /* proc(5), comm: at most 15 bytes */
};

struct process_names {
	ARRAY(struct process_name) list;
};

/* Lists those below the root; none if it has no /proc. In a container, or with
 * hidepid=, these are not all that run. */
void process_names_gather(struct arena *arena, const struct root *root,
			  struct process_names *names);

/* Is that one among them? */
bool process_names_have(const struct process_names *names, const char *name);

#endif
