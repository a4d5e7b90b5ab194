/* Units of systemd below the root, as far as order and dependency go. Nothing
 * is asked of a systemd that runs. */
#ifndef UNIT_FILES_H
#define UNIT_FILES_H

#include "arena.h"
#include "array.h"
#include "root.h"
#include "str.h"

struct unit_file {
	const char *path; /* inside the root; NULL: there is none */
	int error;	  /* errno of a part that can't be read, or 0 */
	bool masked;
	/* Of the file, its drop-ins, and the links in NAME.wants and
	 * NAME.requires. */
	ARRAY(struct str) after;
	ARRAY(struct str) wants; /* and requires */
};

/* Is systemd installed, which reads them? */
bool unit_files_are_used(const struct root *root);

/* Reads the unit of that name, in the folders and the order of systemd.unit(5),
 * with all drop-ins but those for whole classes of units. */
void unit_file_read(struct arena *arena, const struct root *root,
		    const char *name, struct unit_file *unit);

/* Did somebody put nothing in the place of the unit of that name? */
bool unit_file_is_masked(struct arena *arena, const struct root *root,
			 const char *name);

bool unit_file_is_after(const struct unit_file *unit, const char *other);
bool unit_file_wants(const struct unit_file *unit, const char *other);

/* Is a unit, of those names that end with NULL, or of any name if names is
 * NULL, linked in a folder like "multi-user.target.wants", and not masked? */
bool unit_files_are_linked(struct arena *arena, const struct root *root,
			   const char *folder, const char *const *names);

#endif
