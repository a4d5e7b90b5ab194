/* One call and its reply, without sockets: bytes in, a decision out.
 *
 * The results go to a sink while they arrive, so that a list is decoded (and
 * what is wrong with it found) before its last byte has come.
 */
#ifndef RPC_EXCHANGE_H
#define RPC_EXCHANGE_H

#include "array.h"
#include "record_marking.h"
#include "rpc_message.h"

enum sink_need {
	SINK_MORE,	/* of the reply */
	SINK_DONE,	/* the results are complete */
	SINK_BAD,	/* they are none */
	SINK_TOO_LARGE, /* a limit is reached */
};

/* Who takes the results of a call. message is all of the reply that has come,
 * the results begin at its byte results. take is called again when there is
 * more, with a message that begins with the same bytes, perhaps elsewhere;
 * complete says that there will be no more. */
struct reply_sink {
	enum sink_need (*take)(void *context, struct str message,
			       size_t results, bool complete);
	void *context;
};

enum exchange_state {
	EXCHANGE_WAITS,
	EXCHANGE_DONE,	    /* the sink has all results */
	EXCHANGE_ANSWERED,  /* a reply without results: see reply */
	EXCHANGE_BAD,	    /* what came is no reply, or no results */
	EXCHANGE_TOO_LARGE, /* a limit is reached */
};

struct rpc_exchange {
	struct rpc_call call;
	uint32_t xid; /* random */
	struct reply_sink sink;

	enum exchange_state state;
	struct rpc_reply reply;
	bool has_reply; /* its head has come */

	/* the reply so far; in the arena */
	struct arena *arena;
	ARRAY(char) message;

	/* of a stream */
	struct record_reader reader;
	bool is_stray;	 /* the record that arrives answers another call */
	unsigned strays; /* such records */
};

/* Begins an exchange. limit is the most bytes that its reply may have. The
 * reply is kept in arena. arguments of call must stay until the exchange
 * ends. */
void rpc_exchange_begin(struct rpc_exchange *exchange, struct arena *arena,
			const struct rpc_call *call, struct reply_sink sink,
			size_t limit);

/* Adds the message to send, with a record mark for a stream. */
void rpc_exchange_encode(const struct rpc_exchange *exchange, bool for_stream,
			 struct strbuf *out);

/* What came over the connection of this exchange; gives the state. bytes become
 * those that it did not take to decide. */
enum exchange_state rpc_exchange_take_stream(struct rpc_exchange *exchange,
					     struct str *bytes);

/* A datagram that came from the server. One without the xid of this call
 * changes nothing: anybody can send those. */
enum exchange_state rpc_exchange_take_datagram(struct rpc_exchange *exchange,
					       struct str datagram);

/* What it means for a sink that its reader ran into trouble. */
enum sink_need sink_need_of(const struct xdr_reader *reader, bool complete);

/* A sink for a call without results, like NULL: done with any reply. context is
 * not used. */
enum sink_need reply_sink_nothing(void *context, struct str message,
				  size_t results, bool complete);

#endif
