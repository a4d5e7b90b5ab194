#include "query_result.h"

#include <errno.h>

enum { REPLY_TEXT = 160 };

struct query_result query_result_of_errno(struct arena *arena, const char *who,
					  int error)
{
	static const struct {
		int error;
		enum answer_status status;
		const char *text;
	} meanings[] = {
		{ 0, ANSWER_PROTOCOL_ERROR, "closed the connection" },
		{ ECONNRESET, ANSWER_PROTOCOL_ERROR, "reset the connection" },
		{ EPIPE, ANSWER_PROTOCOL_ERROR, "closed the connection" },
		{ ECONNREFUSED, ANSWER_REFUSED, "refuses connections" },
	};

	for (size_t i = 0; i < sizeof(meanings) / sizeof(*meanings); i++)
		if (meanings[i].error == error)
			return (struct query_result){
				meanings[i].status,
				arena_printf(arena, "%s %s", who,
					     meanings[i].text),
			};
	return (struct query_result){
		ANSWER_UNREACHABLE,
		arena_printf(arena, "%s: %s", who, strerror(error)),
	};
}

struct query_result query_result_of_reply(struct arena *arena, const char *who,
					  const struct rpc_reply *reply)
{
	static const enum answer_status statuses[] = {
		[RPC_REPLY_SUCCESS] = ANSWER_OK,
		[RPC_REPLY_PROG_UNAVAIL] = ANSWER_NO_MOUNT_SERVICE,
		[RPC_REPLY_PROG_MISMATCH] = ANSWER_NO_MOUNT_SERVICE,
		[RPC_REPLY_PROC_UNAVAIL] = ANSWER_PROTOCOL_ERROR,
		[RPC_REPLY_GARBAGE_ARGS] = ANSWER_PROTOCOL_ERROR,
		[RPC_REPLY_SYSTEM_ERR] = ANSWER_PROTOCOL_ERROR,
		[RPC_REPLY_RPC_MISMATCH] = ANSWER_DENIED,
		[RPC_REPLY_AUTH_ERROR] = ANSWER_DENIED,
	};
	char text[REPLY_TEXT];

	return (struct query_result){
		statuses[reply->kind],
		arena_printf(arena, "%s: %s", who,
			     rpc_reply_text(reply, text, sizeof(text))),
	};
}
