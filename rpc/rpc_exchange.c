#include "rpc_exchange.h"

#include <sys/random.h>

#include "rpc_limits.h"

static uint32_t random_xid(void)
{
	uint32_t xid = 0;

	/* 4 bytes never block once the system is up */
	if (getrandom(&xid, sizeof(xid), 0) != sizeof(xid))
		abort();
	return xid;
}

void rpc_exchange_begin(struct rpc_exchange *exchange, struct arena *arena,
			const struct rpc_call *call, struct reply_sink sink,
			size_t limit)
{
	*exchange = (struct rpc_exchange){
		.call = *call,
		.xid = random_xid(),
		.sink = sink,
		.arena = arena,
	};
	record_reader_init(&exchange->reader, limit);
}

void rpc_exchange_encode(const struct rpc_exchange *exchange, bool for_stream,
			 struct strbuf *out)
{
	struct strbuf message = { 0 };

	rpc_call_encode(&message, &exchange->call, exchange->xid);
	if (for_stream)
		record_mark(out, message.length);
	strbuf_add(out, strbuf_str(&message));
	strbuf_free(&message);
}

static struct str message_of(const struct rpc_exchange *exchange)
{
	return (struct str){ exchange->message.items, exchange->message.count };
}

static void add_bytes(struct rpc_exchange *exchange, struct str bytes)
{
	size_t needed = exchange->message.count + bytes.length;
	size_t capacity = exchange->message.capacity;

	if (needed > capacity)
		ARRAY_RESERVE(exchange->arena, &exchange->message,
			      needed > capacity * 2 ? needed : capacity * 2);
	memcpy(exchange->message.items + exchange->message.count, bytes.data,
	       bytes.length);
	exchange->message.count = needed;
}

static enum exchange_state feed_sink(struct rpc_exchange *exchange,
				     bool complete)
{
	static const enum exchange_state states[] = {
		[SINK_MORE] = EXCHANGE_WAITS,
		[SINK_DONE] = EXCHANGE_DONE,
		[SINK_BAD] = EXCHANGE_BAD,
		[SINK_TOO_LARGE] = EXCHANGE_TOO_LARGE,
	};
	enum sink_need need = exchange->sink.take(
		exchange->sink.context, message_of(exchange),
		exchange->reply.results, complete);

	return need == SINK_MORE && complete ? EXCHANGE_BAD : states[need];
}

/* Looks at what is there of a reply that is ours. */
static enum exchange_state look(struct rpc_exchange *exchange, bool complete)
{
	if (!exchange->has_reply) {
		enum xdr_trouble trouble = rpc_reply_decode(
			message_of(exchange), complete, &exchange->reply);

		if (trouble == XDR_CUT)
			return EXCHANGE_WAITS;
		if (trouble == XDR_BAD)
			return EXCHANGE_BAD;
		exchange->has_reply = true;
	}
	if (exchange->reply.kind != RPC_REPLY_SUCCESS)
		return EXCHANGE_ANSWERED;
	return feed_sink(exchange, complete);
}

/* Whether the record that arrives answers another call; its xid comes first. */
static bool is_stray(struct rpc_exchange *exchange)
{
	uint32_t xid;

	return rpc_reply_xid(message_of(exchange), &xid) == XDR_NO_TROUBLE &&
	       xid != exchange->xid;
}

/* Whether the fragment that arrives fits into the limit. Of a reply it may be
 * worth to see how far it goes; a record of somebody else that does not is
 * hardly RPC: its mark is "HTTP", say. */
static bool can_end(const struct record_reader *reader)
{
	return reader->left <= reader->limit - reader->length;
}

static enum exchange_state take_piece(struct rpc_exchange *exchange,
				      struct str piece)
{
	if (exchange->is_stray)
		return EXCHANGE_WAITS;
	add_bytes(exchange, piece);
	exchange->is_stray = is_stray(exchange);
	if (exchange->is_stray)
		return can_end(&exchange->reader) ? EXCHANGE_WAITS
						  : EXCHANGE_BAD;
	if (exchange->message.count < sizeof(uint32_t))
		return EXCHANGE_WAITS;
	return look(exchange, false);
}

static enum exchange_state end_record(struct rpc_exchange *exchange)
{
	if (!exchange->is_stray)
		return look(exchange, true);
	exchange->is_stray = false;
	exchange->message.count = 0;
	if (++exchange->strays > LIMIT_STRAY_RECORDS)
		return EXCHANGE_BAD;
	return EXCHANGE_WAITS;
}

static enum exchange_state take_event(struct rpc_exchange *exchange,
				      enum record_event event, struct str piece)
{
	switch (event) {
	case RECORD_BYTES:
		return take_piece(exchange, piece);
	case RECORD_END:
		return end_record(exchange);
	case RECORD_TOO_LARGE:
		return EXCHANGE_TOO_LARGE;
	case RECORD_BROKEN:
		return EXCHANGE_BAD;
	case RECORD_MORE:
		break;
	}
	return EXCHANGE_WAITS;
}

enum exchange_state rpc_exchange_take_stream(struct rpc_exchange *exchange,
					     struct str *bytes)
{
	enum record_event event = RECORD_BYTES;

	while (exchange->state == EXCHANGE_WAITS && event != RECORD_MORE) {
		struct str piece = { 0 };

		event = record_read(&exchange->reader, bytes, &piece);
		exchange->state = take_event(exchange, event, piece);
	}
	return exchange->state;
}

enum exchange_state rpc_exchange_take_datagram(struct rpc_exchange *exchange,
					       struct str datagram)
{
	uint32_t xid;

	if (exchange->state != EXCHANGE_WAITS ||
	    rpc_reply_xid(datagram, &xid) != XDR_NO_TROUBLE ||
	    xid != exchange->xid)
		return exchange->state;
	exchange->message.count = 0;
	if (datagram.length > exchange->reader.limit)
		return exchange->state = EXCHANGE_TOO_LARGE;
	add_bytes(exchange, datagram);
	exchange->state = look(exchange, true);
	return exchange->state;
}

enum sink_need sink_need_of(const struct xdr_reader *reader, bool complete)
{
	return reader->trouble == XDR_CUT && !complete ? SINK_MORE : SINK_BAD;
}

enum sink_need reply_sink_nothing(void *context, struct str message,
				  size_t results, bool complete)
{
	(void)context, (void)message, (void)results;
	return complete ? SINK_DONE : SINK_MORE;
}
