#include "rpc_exchange.h"

#include "rpc_bytes.h"
#include "rpc_limits.h"
#include "unit_test.h"

enum { RESULTS_MAX = 64 };

/* A sink that wants a number of bytes, and remembers what it was shown. */
struct eater {
	size_t wants;
	enum sink_need then; /* when it has them */
	unsigned takes;
	bool saw_end;
	char seen[RESULTS_MAX];
	size_t length;
};

static enum sink_need eat(void *context, struct str message, size_t results,
			  bool complete)
{
	struct eater *eater = context;
	struct str bytes = str_skip(message, results);

	assert_in_range(bytes.length, eater->length, RESULTS_MAX);
	/* what was shown before is still there */
	assert_memory_equal(bytes.data, eater->seen, eater->length);
	memcpy(eater->seen, bytes.data, bytes.length);
	eater->length = bytes.length;
	eater->takes++;
	eater->saw_end |= complete;
	return bytes.length >= eater->wants ? eater->then : SINK_MORE;
}

static struct arena *arena;
static struct eater eater;
static struct rpc_exchange exchange;

static void begin(size_t wants, size_t limit)
{
	static const struct rpc_call call = {
		.program = 100005,
		.version = 3,
		.procedure = 5,
	};

	eater = (struct eater){ .wants = wants, .then = SINK_DONE };
	rpc_exchange_begin(&exchange, arena, &call,
			   (struct reply_sink){ eat, &eater }, limit);
}

static int make_arena(void **state)
{
	(void)state;
	arena = arena_new();
	return 0;
}

static int free_arena(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

static void add_record(struct strbuf *out, uint32_t xid, struct str results)
{
	struct strbuf message = { 0 };

	add_reply_head(&message, xid);
	strbuf_add(&message, results);
	record_mark(out, message.length);
	strbuf_add(out, strbuf_str(&message));
	strbuf_free(&message);
}

/* The same in fragments of that many bytes. */
static void add_fragments(struct strbuf *out, uint32_t xid, struct str results,
			  size_t size)
{
	struct strbuf message = { 0 };
	struct str left;

	add_reply_head(&message, xid);
	strbuf_add(&message, results);
	for (left = strbuf_str(&message); left.length > size;
	     left = str_skip(left, size)) {
		xdr_write_u32(out, (uint32_t)size);
		strbuf_add(out, (struct str){ left.data, size });
	}
	record_mark(out, left.length);
	strbuf_add(out, left);
	strbuf_free(&message);
}

static enum exchange_state give(struct str bytes)
{
	return rpc_exchange_take_stream(&exchange, &bytes);
}

static enum exchange_state feed(const struct strbuf *stream, size_t chunk)
{
	struct str left = strbuf_str(stream);

	while (left.length) {
		size_t size = left.length < chunk ? left.length : chunk;
		char *block = malloc(size);

		assert_non_null(block);
		memcpy(block, left.data, size);
		give((struct str){ block, size });
		free(block);
		left = str_skip(left, size);
	}
	return exchange.state;
}

static void a_call_goes_out_with_its_xid(void **state)
{
	struct strbuf stream = { 0 }, datagram = { 0 };
	uint32_t xid, first;

	(void)state;
	begin(0, 100);
	first = exchange.xid;
	rpc_exchange_encode(&exchange, true, &stream);
	rpc_exchange_encode(&exchange, false, &datagram);
	assert_int_equal(stream.length, 44);
	assert_memory_equal(stream.data, "\x80\0\0\x28", 4);
	assert_memory_equal(stream.data + 4, datagram.data, 40);
	assert_int_equal(datagram.length, 40);
	rpc_reply_xid(strbuf_str(&datagram), &xid);
	assert_int_equal(xid, exchange.xid);
	begin(0, 100);
	assert_int_not_equal(exchange.xid, first);
	strbuf_free(&stream);
	strbuf_free(&datagram);
}

static void replies_arrive_in_any_chunks(void **state)
{
	struct strbuf stream = { 0 };

	(void)state;
	for (size_t fragment = 1; fragment <= 40; fragment++)
		for (size_t chunk = 1; chunk <= 50; chunk++) {
			begin(12, 36);
			strbuf_clear(&stream);
			add_fragments(&stream, exchange.xid,
				      STR("some results"), fragment);
			assert_int_equal(feed(&stream, chunk), EXCHANGE_DONE);
			assert_int_equal(exchange.reply.results, 24);
			assert_int_equal(eater.length, 12);
			assert_memory_equal(eater.seen, "some results", 12);
		}
	strbuf_free(&stream);
}

static void results_go_to_the_sink_as_they_come(void **state)
{
	struct strbuf stream = { 0 };

	(void)state;
	begin(12, 100);
	add_record(&stream, exchange.xid, STR("some results"));
	stream.length -= 1;
	assert_int_equal(feed(&stream, 1), EXCHANGE_WAITS);
	/* with each byte from the last of the head on */
	assert_int_equal(eater.takes, 12);
	assert_int_equal(eater.length, 11);
	assert_false(eater.saw_end);
	strbuf_free(&stream);
}

static void a_sink_that_has_enough_ends_the_exchange(void **state)
{
	static const struct {
		enum sink_need need;
		enum exchange_state state;
	} cases[] = {
		{ SINK_DONE, EXCHANGE_DONE },
		{ SINK_BAD, EXCHANGE_BAD },
		{ SINK_TOO_LARGE, EXCHANGE_TOO_LARGE },
	};
	struct strbuf stream = { 0 };

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		begin(4, 100);
		eater.then = cases[i].need;
		strbuf_clear(&stream);
		add_record(&stream, exchange.xid, STR("some results"));
		assert_int_equal(feed(&stream, 1), cases[i].state);
		assert_int_equal(eater.length, 4);
	}
	strbuf_free(&stream);
}

static void a_reply_that_ends_too_early_is_bad(void **state)
{
	struct strbuf stream = { 0 };

	(void)state;
	begin(13, 100);
	add_record(&stream, exchange.xid, STR("some results"));
	assert_int_equal(feed(&stream, 7), EXCHANGE_BAD);
	assert_true(eater.saw_end);

	/* in the middle of its xid, and of its head */
	for (size_t size = 0; size < 24; size++) {
		struct strbuf message = { 0 };

		begin(0, 100);
		add_reply_head(&message, exchange.xid);
		message.length = size;
		strbuf_clear(&stream);
		record_mark(&stream, size);
		strbuf_add(&stream, strbuf_str(&message));
		assert_int_equal(feed(&stream, 7), EXCHANGE_BAD);
		strbuf_free(&message);
	}
	strbuf_free(&stream);
}

static void replies_without_results_say_so(void **state)
{
	struct strbuf stream = { 0 };

	(void)state;
	begin(1, 100);
	record_mark(&stream, 20);
	xdr_write_u32(&stream, exchange.xid);
	strbuf_add(&stream, STR("\0\0\0\1\0\0\0\1\0\0\0\1\0\0\0\5"));
	assert_int_equal(feed(&stream, 9), EXCHANGE_ANSWERED);
	assert_int_equal(exchange.reply.kind, RPC_REPLY_AUTH_ERROR);
	assert_int_equal(exchange.reply.auth_error, 5);
	assert_int_equal(eater.takes, 0);
	strbuf_free(&stream);
}

static void replies_to_other_calls_are_skipped(void **state)
{
	struct strbuf stream = { 0 };

	(void)state;
	for (size_t chunk = 1; chunk <= 60; chunk++) {
		begin(4, 100);
		strbuf_clear(&stream);
		for (unsigned i = 1; i <= LIMIT_STRAY_RECORDS; i++)
			add_fragments(&stream, exchange.xid + i, STR("not me"),
				      i);
		add_record(&stream, exchange.xid, STR("mine"));
		assert_int_equal(feed(&stream, chunk), EXCHANGE_DONE);
		assert_memory_equal(eater.seen, "mine", 4);
		assert_int_equal(exchange.strays, LIMIT_STRAY_RECORDS);
	}
	strbuf_free(&stream);
}

static void but_not_without_end(void **state)
{
	struct strbuf stream = { 0 };

	(void)state;
	begin(4, 100);
	for (unsigned i = 0; i <= LIMIT_STRAY_RECORDS; i++)
		add_record(&stream, ~exchange.xid, STR("not me"));
	add_record(&stream, exchange.xid, STR("mine"));
	assert_int_equal(feed(&stream, 11), EXCHANGE_BAD);
	assert_int_equal(eater.takes, 0);
	strbuf_free(&stream);
}

static void replies_have_a_limit(void **state)
{
	struct strbuf stream = { 0 };

	(void)state;
	for (size_t chunk = 1; chunk <= 40; chunk++) {
		begin(12, 24 + 11);
		strbuf_clear(&stream);
		add_record(&stream, exchange.xid, STR("some results"));
		assert_int_equal(feed(&stream, chunk), EXCHANGE_TOO_LARGE);
		/* what came before is kept */
		assert_int_equal(eater.length, 11);
	}
	strbuf_free(&stream);
}

static void replies_of_others_have_it_too(void **state)
{
	struct strbuf stream = { 0 };

	(void)state;
	begin(12, 24 + 12);
	add_record(&stream, ~exchange.xid, STR("some results"));
	assert_int_equal(feed(&stream, 5), EXCHANGE_WAITS);
	assert_int_equal(exchange.strays, 1);

	begin(12, 24 + 11);
	strbuf_clear(&stream);
	add_fragments(&stream, ~exchange.xid, STR("some results"), 30);
	assert_int_equal(feed(&stream, 5), EXCHANGE_TOO_LARGE);
	strbuf_free(&stream);
}

/* There is no need to wait for what its mark announces. */
static void text_is_no_record(void **state)
{
	struct strbuf stream = { 0 };

	(void)state;
	begin(12, LIMIT_REPLY_BYTES);
	strbuf_add(&stream, STR("HTTP/1.1 400 Bad Request\r\n"));
	assert_int_equal(feed(&stream, 1), EXCHANGE_BAD);
	assert_int_equal(exchange.message.count, 4);
	strbuf_free(&stream);
}

static void a_broken_record_is_bad(void **state)
{
	struct strbuf stream = { 0 };

	(void)state;
	begin(12, 100);
	for (unsigned i = 0; i <= LIMIT_EMPTY_FRAGMENTS; i++)
		xdr_write_u32(&stream, 0);
	assert_int_equal(feed(&stream, 6), EXCHANGE_BAD);
	strbuf_free(&stream);
}

/* Feeds zeros as results until the exchange ends; how many. */
static size_t feed_until_the_end(size_t limit)
{
	static char zeros[64 * 1024];
	static const struct rpc_call call = { .program = 100005 };
	struct strbuf head = { 0 };
	size_t fed = 0;

	rpc_exchange_begin(&exchange, arena, &call,
			   (struct reply_sink){ reply_sink_nothing, NULL },
			   limit);
	xdr_write_u32(&head, 0x7fffffff);
	add_reply_head(&head, exchange.xid);
	give(strbuf_str(&head));
	while (exchange.state == EXCHANGE_WAITS) {
		give((struct str){ zeros, sizeof(zeros) });
		fed += sizeof(zeros);
	}
	strbuf_free(&head);
	return fed;
}

static void endless_replies_end_at_the_limit(void **state)
{
	static const size_t limits[] = {
		LIMIT_SMALL_REPLY_BYTES,
		LIMIT_RPCBIND_DUMP_BYTES,
		LIMIT_REPLY_BYTES_SWEEP,
		LIMIT_REPLY_BYTES,
	};

	(void)state;
	for (size_t i = 0; i < COUNT(limits); i++) {
		size_t fed = feed_until_the_end(limits[i]);

		assert_int_equal(exchange.state, EXCHANGE_TOO_LARGE);
		assert_int_equal(exchange.message.count, limits[i]);
		assert_in_range(fed, limits[i] - 24, limits[i] + 64 * 1024);
		arena_release(exchange.message.items,
			      exchange.message.capacity);
	}
}

static void give_datagram(uint32_t xid, struct str results)
{
	struct strbuf message = { 0 };

	add_reply_head(&message, xid);
	strbuf_add(&message, results);
	rpc_exchange_take_datagram(&exchange, strbuf_str(&message));
	strbuf_free(&message);
}

static void a_datagram_is_a_reply(void **state)
{
	(void)state;
	begin(4, 28);
	give_datagram(exchange.xid, STR("mine"));
	assert_int_equal(exchange.state, EXCHANGE_DONE);
	assert_memory_equal(eater.seen, "mine", 4);
	assert_int_equal(eater.takes, 1);
	assert_true(eater.saw_end);
}

static void datagrams_for_others_change_nothing(void **state)
{
	(void)state;
	begin(4, 28);
	for (int i = 0; i < 1000; i++) {
		give_datagram(exchange.xid + 1, STR("not me"));
		rpc_exchange_take_datagram(&exchange, STR(""));
		rpc_exchange_take_datagram(&exchange, STR("abc"));
	}
	assert_int_equal(exchange.state, EXCHANGE_WAITS);
	assert_int_equal(eater.takes, 0);
	give_datagram(exchange.xid, STR("mine"));
	assert_int_equal(exchange.state, EXCHANGE_DONE);
	/* a second answer to a call that was repeated */
	give_datagram(exchange.xid, STR("more"));
	assert_int_equal(exchange.state, EXCHANGE_DONE);
	assert_memory_equal(eater.seen, "mine", 4);
}

static void a_datagram_does_not_go_on(void **state)
{
	struct strbuf head = { 0 };

	(void)state;
	begin(5, 100);
	give_datagram(exchange.xid, STR("mine"));
	assert_int_equal(exchange.state, EXCHANGE_BAD);

	begin(5, 100);
	add_reply_head(&head, exchange.xid);
	head.length -= 1;
	rpc_exchange_take_datagram(&exchange, strbuf_str(&head));
	assert_int_equal(exchange.state, EXCHANGE_BAD);
	strbuf_free(&head);
}

static void our_own_call_is_no_reply(void **state)
{
	struct strbuf message = { 0 };

	(void)state;
	begin(0, 100);
	rpc_exchange_encode(&exchange, false, &message);
	rpc_exchange_take_datagram(&exchange, strbuf_str(&message));
	assert_int_equal(exchange.state, EXCHANGE_BAD);
	strbuf_free(&message);
}

static void datagrams_have_a_limit(void **state)
{
	(void)state;
	begin(4, 27);
	give_datagram(exchange.xid, STR("mine"));
	assert_int_equal(exchange.state, EXCHANGE_TOO_LARGE);
	assert_int_equal(eater.takes, 0);
}

static void a_call_without_results_waits_for_the_end(void **state)
{
	static const struct rpc_call call = { .program = 100005 };
	struct strbuf stream = { 0 };

	(void)state;
	rpc_exchange_begin(&exchange, arena, &call,
			   (struct reply_sink){ reply_sink_nothing, NULL },
			   100);
	add_record(&stream, exchange.xid, STR("whatever"));
	for (size_t i = 0; i + 1 < stream.length; i++)
		assert_int_equal(give((struct str){ stream.data + i, 1 }),
				 EXCHANGE_WAITS);
	assert_int_equal(
		give((struct str){ stream.data + stream.length - 1, 1 }),
		EXCHANGE_DONE);
	strbuf_free(&stream);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, make_arena, free_arena)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_call_goes_out_with_its_xid),
		TEST(replies_arrive_in_any_chunks),
		TEST(results_go_to_the_sink_as_they_come),
		TEST(a_sink_that_has_enough_ends_the_exchange),
		TEST(a_reply_that_ends_too_early_is_bad),
		TEST(replies_without_results_say_so),
		TEST(replies_to_other_calls_are_skipped),
		TEST(but_not_without_end),
		TEST(replies_have_a_limit),
		TEST(replies_of_others_have_it_too),
		TEST(text_is_no_record),
		TEST(a_broken_record_is_bad),
		TEST(endless_replies_end_at_the_limit),
		TEST(a_datagram_is_a_reply),
		TEST(datagrams_for_others_change_nothing),
		TEST(a_datagram_does_not_go_on),
		TEST(our_own_call_is_no_reply),
		TEST(datagrams_have_a_limit),
		TEST(a_call_without_results_waits_for_the_end),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
