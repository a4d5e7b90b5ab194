/* What stands in a folder below the root. */
#ifndef FOLDER_LIST_H
#define FOLDER_LIST_H

#include "array.h"
#include "root.h"

struct folder_entry {
	const char *path; /* of the folder, a slash, the name */
	const char *name; /* a part of path */
	unsigned type;	  /* DT_REG, DT_LNK, … of readdir(3), never
			     DT_UNKNOWN */
};

struct folder_list {
	ARRAY(struct folder_entry) entries;
};

/* Lists the entries but for "." and "..", in the order of versionsort(3).
 * Returns 0, or errno when the folder can't be read; the list is then
 * empty. */
int folder_list_read(struct arena *arena, const struct root *root,
		     const char *folder, struct folder_list *list);

#endif
