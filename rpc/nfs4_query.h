/* Asks a server for its exports over NFSv4, by a walk through its
 * pseudo-filesystem.
 */
#ifndef NFS4_QUERY_H
#define NFS4_QUERY_H

#include "conversation_options.h"
#include "event_loop.h"
#include "query_result.h"

struct nfs4_query;

/* Begins to ask the server at answer->address. done is called once, not before
 * this returns, and may end the query; answer->nfs4, via, complete and
 * gives_list are filled by then. */
struct nfs4_query *nfs4_query_begin(struct event_loop *loop,
				    struct server_answer *answer,
				    const struct conversation_options *options,
				    bool *alive, void (*done)(void *context),
				    void *context);

/* How it ended, once done is called; before that, a timeout. ANSWER_DENIED:
 * AUTH_BADCRED, nothing for this client. ANSWER_NO_MOUNT_SERVICE stands for a
 * server without NFSv4. */
const struct query_result *nfs4_query_result(const struct nfs4_query *query);

/* Ends the query: without further callbacks but ended, which is called once
 * the session with the server is destroyed, within LIMIT_GRACE_MS, or at once
 * where there is none. The answer gets what has been listed before this
 * returns. query may be NULL, ended too. */
void nfs4_query_end(struct nfs4_query *query, void (*ended)(void *context),
		    void *context);

#endif
