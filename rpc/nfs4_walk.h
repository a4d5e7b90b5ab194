/* The walk through the pseudo-filesystem of an NFSv4 server, without sockets:
 * calls out, replies in.
 *
 * NFSv4.0 first, which leaves no state on the server; where the server does not
 * speak it, 4.2 and then 4.1 in a session. Whatever happens, the last calls
 * destroy the session and the client id.
 */
#ifndef NFS4_WALK_H
#define NFS4_WALK_H

#include "nfs4_listing.h"
#include "nfs4_protocol.h"
#include "query_result.h"

struct nfs4_walk;

struct nfs4_call {
	struct str arguments;  /* of a COMPOUND; valid until the next call */
	unsigned milliseconds; /* to wait before it is made */
	bool makes_state;      /* its reply names what has to be destroyed */
	bool ends_state;       /* it destroys that */
};

/* A walk whose listing is in arena, with exports_max of them at the most. owner
 * is random, and tells this client from all others. */
struct nfs4_walk *nfs4_walk_new(struct arena *arena,
				const char owner[NFS4_OWNER],
				uint32_t exports_max);
void nfs4_walk_free(struct nfs4_walk *walk);

/* The next call. False: the walk is over, and has left nothing. */
bool nfs4_walk_next(struct nfs4_walk *walk, struct nfs4_call *call)
	__attribute__((warn_unused_result));

/* The results of that call. */
void nfs4_walk_take(struct nfs4_walk *walk, struct str results);

/* What has come of the results when no more will: what they list is kept. */
void nfs4_walk_take_part(struct nfs4_walk *walk, struct str results);

/* That call gets no reply: what it would have destroyed is given up. */
void nfs4_walk_give_up(struct nfs4_walk *walk);

/* Lists nothing more: what comes next only destroys state. result says why; the
 * first one stays. It touches the listing no more. */
void nfs4_walk_stop(struct nfs4_walk *walk, struct query_result result);

/* What has been found, and how it ended; ANSWER_OK if it has not. */
const struct nfs4_listing *nfs4_walk_listing(const struct nfs4_walk *walk);
struct query_result nfs4_walk_result(const struct nfs4_walk *walk);

#endif
