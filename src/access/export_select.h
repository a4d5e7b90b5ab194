/* Which entry of a table holds for a client and a path that lies at or below
 * exported directories.
 *
 * NFSv3 asks mountd: the path itself, then each directory above it; at the
 * first where the client has an entry, that entry holds. Over NFSv4 the client
 * walks down from the root (export_walk.h).
 */
#ifndef EXPORT_SELECT_H
#define EXPORT_SELECT_H

#include "export_index.h"

struct local_paths;

enum select_reason {
	SELECT_ENTRY,	     /* an entry decides */
	SELECT_NOT_EXPORTED, /* neither the path nor one above it */
	SELECT_NO_ENTRY,     /* exported, but not to this client */
	SELECT_NAMES,	     /* names that are not known decide */
	SELECT_FILE_SYSTEMS, /* whether two paths are one file system does */
	SELECT_HIDDEN,	     /* another file system, without crossmnt */
	SELECT_NOT_MOUNTED,  /* `mountpoint`, and nothing is mounted */
	SELECT_NO_ROOT,	     /* fsid=0 is there, but not for this client */
	SELECT_SAME_FSID,    /* its fsid=0 is that of another export */
	SELECT_OUTSIDE_ROOT, /* the path is not below the one of fsid=0 */
};

struct export_selection {
	enum select_reason reason;
	const struct export_entry *entry; /* that decides, or may; or NULL */
	const struct export_entry *root;  /* of fsid=0, or NULL */
	/* With SELECT_ENTRY over NFSv3: why MNT fails although mountd grants
	 * it, SELECT_HIDDEN or SELECT_NOT_MOUNTED; otherwise SELECT_ENTRY. */
	enum select_reason obstacle;
	bool no_client; /* nothing at all is exported to this client */
};

struct export_question {
	struct export_index *index;
	const struct local_paths *local; /* NULL: file systems are not known */
	const struct access_client *client;
	struct str path;      /* absolute, without doubled slashes and dots */
	unsigned nfs_version; /* 3 or 4 */
	bool slowly;	      /* by going through all entries, for tests */
};

/* Over NFSv3 this is what mountd makes of a client and a path; file systems,
 * which it looks at afterwards, are for mnt_status_of(). */
struct export_selection export_select(const struct export_question *question);

/* The entry of a path, of those that question->index has for it, that decides
 * for the client of the question. */
struct export_decision export_decide(const struct export_question *question,
				     struct path_entries *entries);

/* Does the entry have a mountpoint option, and nothing is mounted there, as far
 * as is known? Without a value it means the export itself. */
bool export_is_unmounted(const struct export_question *question,
			 const struct export_entry *entry);

/* The directory above path; false if path is "/". */
bool export_path_parent(struct str *path);

#endif
