/* Asks a server over NFSv4 for the security flavors of the exports that its
 * MOUNT service has listed, which leaves no trace on it.
 *
 * Only exports that this host may see are told of, and only where NFSv4 has
 * them under the same path: where fsid=0 makes another root, none is.
 */
#ifndef FLAVOR_QUERY_H
#define FLAVOR_QUERY_H

#include "conversation_options.h"
#include "event_loop.h"
#include "server_answer.h"

struct flavor_query;

/* Begins to ask the server at answer->address. done is called once, not before
 * this returns, and may end the query; answer->flavors is then filled. */
struct flavor_query *
flavor_query_begin(struct event_loop *loop, struct server_answer *answer,
		   const struct conversation_options *options, bool *alive,
		   void (*done)(void *context), void *context);

/* Ends the query: ended is called once the session with the server is
 * destroyed, within LIMIT_GRACE_MS, or at once. query and ended may be NULL. */
void flavor_query_end(struct flavor_query *query, void (*ended)(void *context),
		      void *context);

#endif
