/* What a server can do: the versions of NFS and MOUNT that it answers, over
 * which transports, and whether it offers RPC-with-TLS.
 *
 * Only calls that leave nothing behind on the server: rpcbind's DUMP, its NULL
 * over UDP unless it has answered over that, NULL of each version, an empty
 * COMPOUND of each minor version of NFSv4, and a NULL that asks for STARTTLS
 * (RFC 9289, section 4.1).
 */
#ifndef CAPABILITY_QUERY_H
#define CAPABILITY_QUERY_H

#include "conversation_options.h"
#include "event_loop.h"
#include "server_answer.h"

struct capability_query;

/* Begins to ask the server at answer->address. done is called once, not before
 * this returns, within LIMIT_CAPABILITY_MS, and may end the query. */
struct capability_query *
capability_query_begin(struct event_loop *loop, struct server_answer *answer,
		       const struct conversation_options *options, bool *alive,
		       void (*done)(void *context), void *context);

/* Ends the query without further callbacks; answer->probe is what has been
 * found. NULL is allowed. */
void capability_query_end(struct capability_query *query);

#endif
