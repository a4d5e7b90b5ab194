/* The pseudo-filesystem of an NFSv4 server while it is looked at: which
 * directories have to be listed, and which entries are exports.
 *
 * Pure. An entry is an export where another file system begins, or where the
 * server refuses its attributes, unless it is a pseudo directory. Nothing
 * inside an export is looked for. But on a Linux server an export and a pseudo
 * directory often look the same from above, since both have the id of the file
 * system that they lie on: then the server is asked for the names in it, until
 * one tells. A pseudo directory has nothing but directories and links that are
 * exports or pseudo directories themselves, and it is never empty.
 */
#ifndef NFS4_TREE_H
#define NFS4_TREE_H

#include "nfs4_listing.h"
#include "nfs4_protocol.h"

struct nfs4_directory {
	struct str path; /* from "/" on, of names that are fit for LOOKUP; in
			    the arena of the listing */
	unsigned depth;	 /* names in it */
	char fsid[NFS4_FSID];
	bool is_candidate; /* perhaps an export */
	bool is_unsure;	   /* lies in a directory that perhaps is one */
};

struct nfs4_tree {
	struct arena *arena; /* of the listing */
	struct arena *work;  /* of everything else */
	struct nfs4_listing *listing;
	unsigned depth_max; /* of directories that can be listed */
	bool is_too_large;  /* a limit of rpc_limits.h was reached */

	ARRAY(struct nfs4_directory) directories;
	size_t next; /* one to list */
	bool is_linux;
	uint32_t pseudo_count; /* of directories that are no candidates */
	uint32_t exports_max;
	struct strbuf path; /* of the entry */
	size_t path_bytes;  /* that are kept */

	/* of the directory that is being listed */
	size_t first_directory, first_export; /* that it has added */
	uint32_t entries;
	bool has_data;		 /* it is no pseudo directory */
	bool has_handles;	 /* its entries tell of what kind they are */
	bool is_full;		 /* has more entries than the limit */
	ARRAY(uint64_t) cookies; /* of pages */
};

/* A tree of which only the root is known. The listing is in arena. */
void nfs4_tree_init(struct nfs4_tree *tree, struct arena *arena,
		    uint32_t exports_max);
void nfs4_tree_free(struct nfs4_tree *tree);

/* The directory to list next, or NULL; valid until the tree changes. */
const struct nfs4_directory *nfs4_tree_next(struct nfs4_tree *tree);

/* The attributes that have to be known of its entries. */
uint64_t nfs4_tree_entry_attributes(const struct nfs4_directory *directory);

/* What comes of the listing of that directory, in this order. */
void nfs4_tree_set_attributes(struct nfs4_tree *tree,
			      const struct nfs4_attributes *attributes);
void nfs4_tree_add_entry(struct nfs4_tree *tree,
			 const struct nfs4_entry *entry);

/* At the end of a page whose last entry had this cookie: whether the next page
 * is of use. False when the cookie has been there before, too. */
bool nfs4_tree_wants_page(struct nfs4_tree *tree, uint64_t cookie);

/* The directory is listed, as far as it can be. */
void nfs4_tree_end_directory(struct nfs4_tree *tree);

/* The directory can't be listed for an error of enum nfs4_status. It appears in
 * the listing, unless it is gone. */
void nfs4_tree_fail_directory(struct nfs4_tree *tree, uint32_t error);

/* Nothing more comes: what may be an export is taken for one. */
void nfs4_tree_stop(struct nfs4_tree *tree);

/* Says in the listing why it is not complete; the first reason stays. */
void nfs4_tree_note(struct nfs4_tree *tree, const char *reason);

#endif
