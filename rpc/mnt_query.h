/* Asks the MOUNT service for the security flavors of each listed export, by MNT
 * and UMNT of version 3.
 *
 * This is seen on the server: mountd logs it, and notes each mount in its rmtab
 * until the UMNT, which it only heeds from whom it lets mount.
 */
#ifndef MNT_QUERY_H
#define MNT_QUERY_H

#include "conversation_options.h"
#include "event_loop.h"
#include "mount_query.h"

struct mnt_query;

/* Begins to ask the service for the exports of answer. done is called once, not
 * before this returns, and may end the query. */
struct mnt_query *mnt_query_begin(struct event_loop *loop,
				  struct server_answer *answer,
				  const struct mount_service *service,
				  const struct conversation_options *options,
				  bool *alive, void (*done)(void *context),
				  void *context);

/* Ends the query without further callbacks. answer->flavors is filled as far as
 * it came; a note tells of what was not. NULL is allowed. */
void mnt_query_end(struct mnt_query *query);

#endif
