/* What the exported paths are on disk, and on which mounts; filled by gather,
 * read by rules. */
#ifndef LOCAL_PATHS_H
#define LOCAL_PATHS_H

#include <sys/types.h>

#include "id_table.h"
#include "mountinfo_parser.h"

/* A directory on the way to a path that not only root can change, so that its
 * next component can be replaced by something else. */
struct weak_directory {
	struct str path; /* .data NULL: there is none */
	uid_t uid;
	mode_t mode;
};

/* One path of a table. */
struct local_path {
	bool known;  /* it could be looked at */
	bool hidden; /* not known, because it can't be looked at */
	mode_t mode;
	uid_t uid;
	gid_t gid;
	struct weak_directory weak; /* the first one */
	const char *snapshots;	    /* ".zfs" or the like if it is there */
	const struct mountinfo_mount *mount; /* NULL: not known */
};

struct local_paths {
	const struct local_path *items; /* by the number of the path */
	struct mountinfo mounts;
	bool mounts_known;
	struct id_table by_point; /* mounts */
};

/* The mount that an absolute path without links lies on, or NULL. */
const struct mountinfo_mount *local_paths_mount(const struct local_paths *paths,
						struct str path);

/* Is something mounted just there? */
bool local_paths_is_mount_point(const struct local_paths *paths,
				struct str path);

/* Is path below directory, at any depth? */
bool local_path_is_below(struct str path, struct str directory);

/* Enters the mounts into by_point. */
void local_paths_index(struct arena *arena, struct local_paths *paths);

#endif
