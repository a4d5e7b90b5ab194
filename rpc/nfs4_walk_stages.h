/* The parts of a walk, which share its state: each stage builds a call, reads
 * the results of its operations, and draws conclusions. Only for nfs4_walk*.c.
 */
#ifndef NFS4_WALK_STAGES_H
#define NFS4_WALK_STAGES_H

#include "nfs4_tree.h"
#include "nfs4_walk.h"

enum nfs4_stage {
	STAGE_LIST,
	STAGE_FLAVORS,
	STAGE_ROOT_FLAVORS,
	STAGE_EXCHANGE_ID,
	STAGE_CREATE_SESSION,
	STAGE_DESTROY_SESSION,
	STAGE_DESTROY_CLIENTID,
	STAGE_OVER,
};

/* Operations of a listing beside its LOOKUPs: SEQUENCE, PUTROOTFH, GETATTR,
 * READDIR. */
enum { NFS4_LISTING_OPS = 4 };

struct nfs4_walk {
	struct arena *arena; /* of the listing */
	struct nfs4_tree tree;
	struct query_result result; /* once it is stopped */
	bool is_stopped;
	const char *owner;

	enum nfs4_stage stage; /* of the call that is out */
	struct nfs4_compound compound;
	unsigned delays; /* that this call got as its answers */

	/* the last reply */
	uint32_t status;
	enum nfs4_op failed; /* where status is not NFS4_OK */

	/* 4.1 and later */
	uint32_t minor;
	struct nfs4_session session;
	bool has_client, has_session;

	/* of the directory that is being listed */
	uint64_t cookie;
	char verifier[NFS4_VERIFIER];
	uint64_t attributes; /* asked of its entries */
	bool has_more;

	/* exports whose flavors are asked for */
	size_t next_export, batch_end;
	bool has_root_flavors;
};

/* nfs4_walk.c */
void nfs4_walk_stop_with(struct nfs4_walk *walk, enum answer_status status,
			 const char *error);
/* For the status of the last reply. */
void nfs4_walk_stop_with_error(struct nfs4_walk *walk);
/* Whether a status asks for patience. */
bool nfs4_walk_is_delay(uint32_t status);
void nfs4_walk_set_minor(struct nfs4_walk *walk, uint32_t minor);
/* Begins a compound; one that goes to a directory is in the session, if there
 * is one. */
void nfs4_walk_begin(struct nfs4_walk *walk);
void nfs4_walk_go_to(struct nfs4_walk *walk, struct str path);

/* Of the stages: ask builds the compound, take follows when the results are
 * read. */
typedef void nfs4_stage_fn(struct nfs4_walk *walk);
/* Reads the result of an operation that has not failed. */
typedef bool nfs4_result_fn(struct nfs4_walk *walk, struct xdr_reader *reader);

/* nfs4_walk_list.c: directories */
nfs4_stage_fn nfs4_walk_ask_list, nfs4_walk_take_list;
nfs4_result_fn nfs4_walk_read_directory, nfs4_walk_read_page;

/* nfs4_walk_flavors.c: security flavors of what was found */
bool nfs4_walk_wants_flavors(struct nfs4_walk *walk);
bool nfs4_walk_wants_root_flavors(struct nfs4_walk *walk);
nfs4_stage_fn nfs4_walk_ask_flavors, nfs4_walk_take_flavors,
	nfs4_walk_ask_root_flavors, nfs4_walk_take_root_flavors;
nfs4_result_fn nfs4_walk_read_flavors, nfs4_walk_read_root_flavors;

/* nfs4_walk_session.c: sessions of NFSv4.1 and later */
nfs4_stage_fn nfs4_walk_ask_exchange_id, nfs4_walk_take_exchange_id,
	nfs4_walk_ask_create_session, nfs4_walk_take_create_session,
	nfs4_walk_ask_destroy_session, nfs4_walk_take_destroy_session,
	nfs4_walk_ask_destroy_clientid, nfs4_walk_take_destroy_clientid;
nfs4_result_fn nfs4_walk_read_exchange_id, nfs4_walk_read_create_session,
	nfs4_walk_read_sequence;

#endif
