/* Directories of the pseudo-filesystem of a Linux kernel server.
 *
 * nfs-utils since 2.5.4 gives some of them a file system of their own, whose id
 * is a UUID of version 5 (RFC 4122) of the path: these are told from exports
 * exactly, without a look into them. All others, and those of older versions,
 * have the id of the file system that they lie on, as exports have. Then the
 * filehandles tell.
 */
#ifndef NFS4_PSEUDO_H
#define NFS4_PSEUDO_H

#include "nfs4_protocol.h"

/* Whether fsid is the one that nfs-utils makes for the pseudo directory of that
 * absolute path. */
bool nfs4_pseudo_has_fsid(struct str path, const char fsid[NFS4_FSID]);

/* What the filehandle of a Linux kernel server says of a file. */
enum nfs4_handle_kind {
	NFS4_HANDLE_UNKNOWN, /* of another server, or none */
	NFS4_HANDLE_ROOT,    /* the top of an export or a pseudo directory */
	NFS4_HANDLE_BELOW,   /* a file inside an export */
};

enum nfs4_handle_kind nfs4_handle_kind_of(struct str handle);

#endif
