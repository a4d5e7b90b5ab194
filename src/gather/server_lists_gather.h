/* From what a server answered to what is kept of it between runs. */
#ifndef SERVER_LISTS_GATHER_H
#define SERVER_LISTS_GATHER_H

#include "server_answer.h"
#include "server_lists.h"

/* The longest list, in bytes, that is kept, and how much is kept of all servers
 * together. */
enum { SERVER_LIST_BYTES = 1 << 20, SERVER_LISTS_BYTES = 256 << 20 };

/* Take the exports, or the mounted clients, from an answer. What is kept is
 * copied to arena, unless it is too long or *room, which it lessens, is too
 * small. */
void server_lists_gather_exports(struct arena *arena,
				 const struct server_answer *answer,
				 size_t *room, struct server_lists *lists);
void server_lists_gather_clients(struct arena *arena,
				 const struct server_answer *answer,
				 size_t *room, struct server_lists *lists);

#endif
