/* What a walk through the pseudo-filesystem of an NFSv4 server found.
 *
 * An NFSv4 server shows a client what it may see, and to whom else it belongs
 * it does not tell. Exports that lie inside another export on the same file
 * system are not found, since nothing below an export is looked at.
 */
#ifndef NFS4_LISTING_H
#define NFS4_LISTING_H

#include "server_answer.h"

enum nfs4_state {
	NFS4_STATE_OK,
	NFS4_STATE_WRONG_SECURITY, /* needs another flavor, or TLS */
	NFS4_STATE_DENIED,	   /* needs another uid, or a reserved port */
	NFS4_STATES,
};

/* The word for JSON: "ok", "wrong-security", "denied". */
const char *nfs4_state_name(enum nfs4_state state);

struct nfs4_export {
	struct str path; /* from "/" on; foreign bytes, but no NUL */
	enum nfs4_state state;
	/* names is NULL where the server does not tell */
	struct export_flavors flavors;
	bool is_directory; /* no export, but a directory on the way to some,
			      which can't be listed */
	bool is_inferred;  /* the server does not tell exports from directories:
			      a path above or below may be the export */
	bool is_moved;	   /* the server refers to another one */
	bool wants_tls;	   /* refused although SECINFO has sys: only over TLS */
	bool takes_port;   /* it let us in from our source port. A Linux server
			      lists it to all ports, and looks at that first
			      when somebody goes in */
};

struct nfs4_listing {
	ARRAY(struct nfs4_export) exports; /* in the order of the server */
	uint32_t minor;		/* of the NFS version that was spoken */
	bool root_is_export;	/* "/" is no pseudo-filesystem */
	bool has_root;		/* at least a part of "/" could be listed */
	bool complete;		/* all directories are listed, to their end */
	const char *incomplete; /* why not, in words, with foreign bytes */
	uint32_t foreign_names; /* left out: no server may send those */
};

/* Bytes that the listing keeps in memory. */
size_t nfs4_listing_size(const struct nfs4_listing *listing);

#endif
