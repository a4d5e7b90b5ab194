/* NFSv4 (RFC 7530, 8881): COMPOUND, as far as a client lists the exports.
 *
 * The pseudo-filesystem is made of the list of exports. Nothing may be looked
 * up or listed in an export; who tries is found in the log, and so is who
 * begins and ends clients and sessions.
 */
#ifndef FAKE_NFS4_H
#define FAKE_NFS4_H

#include "fake_server.h"

/* How the server and its pseudo-filesystem look. */
enum fake_nfs4_shape {
	FAKE_NFS4_HONEST,
	FAKE_NFS4_SESSIONS,    /* without 4.0 */
	FAKE_NFS4_ONLY_4_1,    /* without 4.0 and 4.2 */
	FAKE_NFS4_NO_MINOR,    /* without any */
	FAKE_NFS4_OLD_LINUX,   /* pseudo directories look like exports */
	FAKE_NFS4_LOCKED,      /* exports are refused: NFS4ERR_WRONGSEC */
	FAKE_NFS4_NAMES,       /* entries that no server may send */
	FAKE_NFS4_DEEP,	       /* directories in directories, endlessly */
	FAKE_NFS4_WIDE,	       /* thousands of directories */
	FAKE_NFS4_ENDLESS,     /* a directory without an end */
	FAKE_NFS4_CIRCLE,      /* the same page again and again */
	FAKE_NFS4_EMPTY_PAGES, /* pages without an entry, endlessly */
	FAKE_NFS4_DELAY,       /* NFS4ERR_DELAY, always */
	FAKE_NFS4_COUNT,       /* a lie about the number of results */
	FAKE_NFS4_BITMAP,      /* a lie about the size of a set */
	FAKE_NFS4_WRONG_OP,    /* results of other operations */
};

struct fake_call;
struct fake_reply;

/* Of the address that was asked. */
enum fake_nfs4_shape fake_nfs4_shape(const struct fake_server *server,
				     const struct fake_call *call);

/* fake_nfs4_tree.c: what the pseudo-filesystem has at a path. */
enum fake_nfs4_node {
	FAKE_NFS4_NOTHING,
	FAKE_NFS4_PSEUDO,
	FAKE_NFS4_EXPORT,
	FAKE_NFS4_FILE, /* in an export */
};

enum { FAKE_NFS4_PATH = 2048 };

struct fake_nfs4_entry {
	char name[256 + 1]; /* may be longer than a name may be */
	size_t length;
	enum fake_nfs4_node node;
};

enum fake_nfs4_node fake_nfs4_find(const struct fake_server *server,
				   enum fake_nfs4_shape shape,
				   const char *path);

/* The entry of a directory that comes after index others; false: none. */
bool fake_nfs4_entry_at(const struct fake_server *server,
			enum fake_nfs4_shape shape, const char *path,
			uint64_t index, struct fake_nfs4_entry *entry);

#endif
