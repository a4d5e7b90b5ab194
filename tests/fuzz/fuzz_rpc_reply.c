/* Replies with lists, whatever a server sends: what comes out lies within what
 * came in and within the limits, and does not depend on the pieces.
 *
 * The first byte of an input is the seed of the pieces, the second one says
 * what is asked; the rest comes from the server. Our xid is 1. */
#include "chunks.h"
#include "fuzz_target.h"
#include "mount_protocol.h"

enum { XID = 1, NODES = 32, LIMIT = 2048, KINDS = 4 };

struct outcome {
	struct arena *arena;
	struct server_answer *answer;
	struct mount_list_sink list;
	struct mount_mnt_sink mnt;
	struct rpc_exchange exchange;
};

static void begin(struct outcome *outcome, unsigned kind)
{
	static const struct rpc_call call = { .program = MOUNT_PROGRAM };
	struct reply_sink sinks[KINDS] = {
		{ mount_take_exports, &outcome->list },
		{ mount_take_mounts, &outcome->list },
		{ mount_take_mnt, &outcome->mnt },
		{ mount_take_mnt, &outcome->mnt },
	};

	outcome->answer = server_answer_new((struct ip_address){ 0 });
	outcome->arena = outcome->answer->arena;
	outcome->list = (struct mount_list_sink){ .answer = outcome->answer,
						  .max_nodes = NODES };
	outcome->mnt = (struct mount_mnt_sink){ .version = kind == 2 ? 1 : 3 };
	rpc_exchange_begin(&outcome->exchange, outcome->arena, &call,
			   sinks[kind], LIMIT);
	outcome->exchange.xid = XID;
}

static void check_text(const struct outcome *outcome, struct answer_text text,
		       size_t max)
{
	size_t count = outcome->exchange.message.count;

	REQUIRE(text.length <= max);
	REQUIRE(text.offset <= count);
	REQUIRE(text.length <= count - text.offset);
}

static void check_lists(const struct outcome *outcome)
{
	const struct server_answer *answer = outcome->answer;
	size_t groups = 0;

	REQUIRE(answer->exports.count + answer->groups.count +
			answer->mounts.count <=
		NODES);
	for (size_t i = 0; i < answer->exports.count; i++) {
		const struct listed_export *export = &answer->exports.items[i];

		check_text(outcome, export->path, 1024);
		REQUIRE(export->first_group == groups);
		groups += export->group_count;
	}
	REQUIRE(groups == answer->groups.count);
	for (size_t i = 0; i < groups; i++)
		check_text(outcome, answer->groups.items[i], 255);
	for (size_t i = 0; i < answer->mounts.count; i++) {
		check_text(outcome, answer->mounts.items[i].client, 255);
		check_text(outcome, answer->mounts.items[i].path, 1024);
	}
}

static void check(const struct outcome *outcome)
{
	const struct rpc_exchange *exchange = &outcome->exchange;
	char text[200];

	REQUIRE(exchange->message.count <= LIMIT);
	REQUIRE(outcome->mnt.flavor_count <= MOUNT_FLAVORS_MAX);
	check_lists(outcome);
	if (exchange->has_reply) {
		REQUIRE(exchange->reply.results <= exchange->message.count);
		REQUIRE(*rpc_reply_text(&exchange->reply, text, sizeof(text)));
	}
}

static struct outcome *take_stream(struct str input, unsigned kind,
				   unsigned seed)
{
	struct chunks chunks = { .left = input, .seed = seed };
	struct outcome *outcome = calloc(1, sizeof(*outcome));
	struct str piece;

	begin(outcome, kind);
	while (chunks_next(&chunks, &piece)) {
		enum exchange_state before = outcome->exchange.state;

		rpc_exchange_take_stream(&outcome->exchange, &piece);
		REQUIRE(before == EXCHANGE_WAITS ||
			outcome->exchange.state == before);
	}
	check(outcome);
	return outcome;
}

static struct outcome *take_datagrams(struct str input, unsigned kind)
{
	struct outcome *outcome = calloc(1, sizeof(*outcome));

	begin(outcome, kind);
	rpc_exchange_take_datagram(&outcome->exchange, input);
	check(outcome);
	return outcome;
}

static void end(struct outcome *outcome)
{
	arena_free(outcome->arena);
	free(outcome);
}

static void expect_same(const struct outcome *a, const struct outcome *b)
{
	REQUIRE(a->exchange.state == b->exchange.state);
	REQUIRE(a->exchange.strays == b->exchange.strays);
	REQUIRE(a->list.nodes == b->list.nodes);
	REQUIRE(a->answer->exports.count == b->answer->exports.count);
	REQUIRE(a->answer->groups.count == b->answer->groups.count);
	REQUIRE(a->answer->mounts.count == b->answer->mounts.count);
	REQUIRE(a->mnt.status == b->mnt.status);
	REQUIRE(a->mnt.flavor_count == b->mnt.flavor_count);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str input;
	struct outcome *whole, *pieces;
	unsigned kind;

	if (size < 2)
		return 0;
	input = (struct str){ (const char *)data + 2, size - 2 };
	kind = data[1] % KINDS;
	whole = take_stream(input, kind, 0);
	pieces = take_stream(input, kind, data[0]);
	expect_same(whole, pieces);
	end(whole);
	end(pieces);
	end(take_datagrams(input, kind));
	return 0;
}
