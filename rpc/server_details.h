/* What is asked beyond a list, with --probe: what the server can do, and the
 * security flavors of its exports.
 */
#ifndef SERVER_DETAILS_H
#define SERVER_DETAILS_H

#include "mount_query.h"

struct server_details;

/* Begins to ask the server at answer->address. service is where its MOUNT
 * service is, NULL where there is none. done is called once, not before this
 * returns. */
struct server_details *
server_details_begin(struct event_loop *loop, struct server_answer *answer,
		     const struct mount_service *service,
		     const struct conversation_options *options, bool *alive,
		     void (*done)(void *context), void *context);

/* Ends the questions; the answer keeps what has come. ended is called once the
 * server is rid of us, within LIMIT_GRACE_MS, or at once. details may be
 * NULL. */
void server_details_end(struct server_details *details,
			void (*ended)(void *context), void *context);

#endif
