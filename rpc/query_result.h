/* How one part of a conversation ended: the port, the list, the walk. */
#ifndef QUERY_RESULT_H
#define QUERY_RESULT_H

#include "rpc_message.h"
#include "server_answer.h"

struct query_result {
	enum answer_status status;
	const char *error; /* one line for people, with foreign bytes; NULL when
			      all is well */
};

/* What it means that a socket ended with a number of errno(3), or with 0 where
 * the server closed it; who is the service, "rpcbind", "mountd". */
struct query_result query_result_of_errno(struct arena *arena, const char *who,
					  int error);

/* What a reply means that brings no results. */
struct query_result query_result_of_reply(struct arena *arena, const char *who,
					  const struct rpc_reply *reply);

#endif
