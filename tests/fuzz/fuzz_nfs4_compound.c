/* A walk through a pseudo-filesystem ends, within its limits, whatever the
 * server says, and leaves nothing behind.
 *
 * The input is the replies: each is a length of two bytes, and results. When
 * they end, the server falls silent.
 */
#include "fuzz_target.h"
#include "nfs4_walk.h"
#include "rpc_limits.h"

enum { EXPORTS_MAX = 100, FIRST_OP_AT = 12 };

struct input {
	const uint8_t *data;
	size_t size;
};

/* The next reply, in a block of exactly that size; NULL: there is none. */
static char *next_reply(struct input *input, size_t *size)
{
	char *reply;

	if (input->size < 2)
		return NULL;
	*size = (size_t)input->data[0] << 8 | input->data[1];
	input->data += 2;
	input->size -= 2;
	if (*size > input->size)
		*size = input->size;
	reply = malloc(*size ? *size : 1);
	REQUIRE(reply != NULL);
	memcpy(reply, input->data, *size);
	input->data += *size;
	input->size -= *size;
	return reply;
}

static void check_path(struct str path)
{
	REQUIRE(path.length > 0 && path.data[0] == '/');
	REQUIRE(path.length <= (LIMIT_NFS4_NAME + 1) * (LIMIT_NFS4_DEPTH + 1));
	REQUIRE(str_find(path, '\0') == path.length);
	while (path.length > 1) {
		size_t length = str_find(str_skip(path, 1), '/');
		struct str name = { path.data + 1, length };

		REQUIRE(length > 0 && length <= LIMIT_NFS4_NAME);
		REQUIRE(!str_is(name, ".") && !str_is(name, ".."));
		path = str_skip(path, length + 1);
	}
}

static void check_listing(const struct nfs4_walk *walk)
{
	const struct nfs4_listing *listing = nfs4_walk_listing(walk);
	struct query_result result = nfs4_walk_result(walk);

	REQUIRE(result.status < ANSWER_STATUSES);
	REQUIRE(!result.error == (result.status == ANSWER_OK));
	REQUIRE(listing->exports.count <= EXPORTS_MAX);
	REQUIRE(listing->minor <= 2);
	REQUIRE(!listing->complete || !listing->incomplete);
	for (size_t i = 0; i < listing->exports.count; i++) {
		const struct nfs4_export *export = &listing->exports.items[i];

		check_path(export->path);
		REQUIRE(export->state < NFS4_STATES);
		REQUIRE(export->flavors.count <= NFS4_SECINFO_MAX);
		for (uint32_t k = 0; k < export->flavors.count; k++)
			REQUIRE(export->flavors.names[k][0]);
	}
}

/* Gives the first operation. */
static unsigned char check_call(const struct nfs4_call *call)
{
	struct str arguments = call->arguments;

	REQUIRE(arguments.length > FIRST_OP_AT + 3);
	REQUIRE(arguments.length % 4 == 0);
	REQUIRE(!call->makes_state || !call->ends_state);
	return (unsigned char)arguments.data[FIRST_OP_AT + 3];
}

static void walk_through(struct arena *arena, struct input *input)
{
	static const char owner[NFS4_OWNER] = "owner";
	struct nfs4_walk *walk = nfs4_walk_new(arena, owner, EXPORTS_MAX);
	struct nfs4_call call;
	unsigned sessions = 0, calls_in_silence = 0;

	while (nfs4_walk_next(walk, &call)) {
		unsigned char op = check_call(&call);
		size_t size;
		char *reply = next_reply(input, &size);

		sessions += op == NFS4_OP_CREATE_SESSION;
		REQUIRE(op != NFS4_OP_DESTROY_SESSION || sessions > 0);
		if (reply) {
			nfs4_walk_take(walk, (struct str){ reply, size });
			free(reply);
			continue;
		}
		/* DESTROY_SESSION, DESTROY_CLIENTID, and the one before */
		REQUIRE(++calls_in_silence <= 3);
		nfs4_walk_stop(walk, (struct query_result){ ANSWER_TIMEOUT,
							    "silence" });
		nfs4_walk_give_up(walk);
	}
	check_listing(walk);
	nfs4_walk_free(walk);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input input = { data, size };
	struct arena *arena = arena_new();

	walk_through(arena, &input);
	arena_free(arena);
	return 0;
}
