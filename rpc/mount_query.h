/* Asks the MOUNT service for its list of exports or of mounts.
 *
 * The list goes to an answer while it arrives, so what has come before an end
 * that was not expected is kept.
 */
#ifndef MOUNT_QUERY_H
#define MOUNT_QUERY_H

#include "conversation_options.h"
#include "event_loop.h"
#include "query_result.h"

struct mount_query;

/* Where the service is, and what is asked for first; where a server does not
 * know the version, a lower one is asked for. */
struct mount_service {
	uint16_t port;
	enum event_transport transport;
	uint32_t version;
};

/* Begins to ask the server at answer->address. done is called once, not before
 * this returns, and may end the query. */
struct mount_query *
mount_query_begin(struct event_loop *loop, struct server_answer *answer,
		  const struct mount_service *service,
		  const struct conversation_options *options, bool *alive,
		  void (*done)(void *context), void *context);

/* How it ended, once done is called; before that, a timeout. */
const struct query_result *mount_query_result(const struct mount_query *query);

/* Ends the query without further callbacks, and gives the answer what has come
 * of the list, complete or not; NULL is allowed. */
void mount_query_end(struct mount_query *query);

#endif
