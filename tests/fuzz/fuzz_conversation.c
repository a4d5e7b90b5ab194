/* Whole conversations in virtual time, with servers that do anything: they end
 * in time, leave no socket open, and give what lies within what has come.
 *
 * The first two bytes of an input choose what is asked, of one address or of a
 * name with three, and whether ^C comes. Then each four bytes are a thing that
 * a server does, and the length of what it sends, which follows: port, action
 * and address, when and in what pieces, after how long, length. */
#include <errno.h>

#include "fake_event_loop.h"
#include "fuzz_target.h"
#include "rpc_limits.h"
#include "sweep.h"

enum {
	TIMEOUT_MS = 2000,
	RULES_MAX = 48,
	MAX_REPLY = 4096,
	MAX_NODES = 64,
	REFUSAL = 7, /* an action */
};

struct conversation {
	struct arena *arena;
	struct replay_scenario scenario;
	struct sweep_options options;
	struct strbuf log;
	bool has_name; /* the server, and three addresses */
	bool is_asked, is_answered;
};

static const struct ip_address first = { .family = IP_V4,
					 .bytes = { 10, 0, 0, 1 } },
			       second = { .family = IP_V4,
					  .bytes = { 10, 0, 0, 2 } };

static void choose(struct conversation *conversation, unsigned what)
{
	conversation->options = (struct sweep_options){
		.jobs = 1,
		.all_addresses = what & 1 << 13,
		.conversation = {
			.ask = what & 1 ? ASK_MOUNTS : ASK_EXPORTS,
			.via = (enum ask_via)((what >> 1) % 3),
			.tcp = what & 8,
			.udp = what & 16,
			.probe = what & 32,
			.probe_mnt = what & 64,
			.patient = what & 128,
			.mount_port = what & 256 ? 20048 : 0,
			.mount_version = what >> 9 & 3,
			.rpcbind_port = PORT_RPCBIND,
			.nfs_port = PORT_NFS,
			.timeout_ms = TIMEOUT_MS,
			.max_reply = MAX_REPLY,
			.max_nodes = MAX_NODES,
		},
	};
	conversation->scenario.is_interrupted = what & 1 << 11;
	conversation->scenario.interrupt = 10u << (what >> 14);
	conversation->has_name = what & 1 << 12;
	*ARRAY_ADD(conversation->arena, &conversation->scenario.names) =
		(struct replay_name){
			.name = STR("server"),
			.after = 5,
			.addresses = STR("10.0.0.1 10.0.0.2 10.0.0.3"),
		};
}

/* What is sent, as items of a scenario: an xid, perhaps the head of a reply,
 * and bytes. */
static struct str items_of(struct arena *arena, bool with_head,
			   struct str bytes)
{
	struct strbuf text = { 0 };
	struct str items;

	strbuf_add_text(&text, with_head ? "xid ok hex:" : "xid hex:");
	for (size_t i = 0; i < bytes.length; i++)
		strbuf_printf(&text, "%02x", (unsigned char)bytes.data[i]);
	items = str_of(arena_copy(arena, text.data, text.length));
	strbuf_free(&text);
	return items;
}

static void add_rule(struct conversation *conversation,
		     const unsigned char head[4], struct str bytes)
{
	static const struct {
		bool is_tcp;
		uint16_t port;
	} ports[] = { { false, 111 },  { true, 111 },	 { true, 20048 },
		      { true, 2049 },  { false, 20048 }, { false, 2049 },
		      { true, 20048 }, { false, 111 } };
	static const struct {
		enum replay_action action;
		int error;
		bool with_head;
	} actions[] = {
		{ REPLAY_REPLY, 0, true },
		{ REPLAY_REPLY, 0, true },
		{ REPLAY_REPLY, 0, false },
		{ REPLAY_BYTES, 0, false },
		{ REPLAY_LOST, 0, false },
		{ REPLAY_END, 0, false },
		{ REPLAY_END, ECONNRESET, false },
		[REFUSAL] = { REPLAY_END, ECONNREFUSED, false },
	};
	unsigned when = head[1] & 15;
	/* before the connection stands there is nothing but a refusal */
	unsigned action = when == 15 ? REFUSAL : head[0] >> 3 & 7;
	struct replay_rule *rule =
		ARRAY_ADD(conversation->arena, &conversation->scenario.rules);

	*rule = (struct replay_rule){
		.address = head[0] & 128 ? second : (struct ip_address){ 0 },
		.is_tcp = ports[head[0] & 7].is_tcp,
		.port = ports[head[0] & 7].port,
		.when = when == 15  ? REPLAY_OPEN
			: when == 0 ? REPLAY_OTHER_CALL
				    : REPLAY_CALL,
		.call = when == 15 ? 0 : when,
		.after = head[2],
		.action = actions[action].action,
		.error = actions[action].error,
		.piece = head[1] >> 4,
		.every = head[0] >> 6 & 1,
		.items = items_of(conversation->arena,
				  actions[action].with_head, bytes),
	};
}

static void read_rules(struct conversation *conversation, struct str input)
{
	while (input.length >= 4 &&
	       conversation->scenario.rules.count < RULES_MAX) {
		const unsigned char *head = (const unsigned char *)input.data;
		size_t length = head[3];

		input = str_skip(input, 4);
		if (length > input.length)
			length = input.length;
		add_rule(conversation, head,
			 (struct str){ input.data, length });
		input = str_skip(input, length);
	}
}

static bool next(void *context, struct sweep_target *target)
{
	struct conversation *conversation = context;

	if (conversation->is_asked)
		return false;
	conversation->is_asked = true;
	if (conversation->has_name)
		target->name = "server";
	else
		target->address = first;
	return true;
}

static void check_text(const struct server_answer *answer,
		       struct answer_text text)
{
	REQUIRE(text.offset <= answer->bytes.length);
	REQUIRE(text.length <= answer->bytes.length - text.offset);
}

static void check_answer(const struct server_answer *answer)
{
	REQUIRE(answer->status < ANSWER_STATUSES);
	REQUIRE(answer->milliseconds <= TIMEOUT_MS + LIMIT_GRACE_MS);
	REQUIRE(!answer->complete || answer->gives_list);
	REQUIRE(!answer->gives_list || answer->via);
	REQUIRE(answer->status == ANSWER_OK || answer->error);
	for (size_t i = 0; i < answer->exports.count; i++)
		check_text(answer, answer->exports.items[i].path);
	for (size_t i = 0; i < answer->groups.count; i++)
		check_text(answer, answer->groups.items[i]);
	for (size_t i = 0; i < answer->mounts.count; i++)
		check_text(answer, answer->mounts.items[i].path);
}

static void answered(void *context, const struct sweep_target *target,
		     struct server_answer *answer, bool last)
{
	struct conversation *conversation = context;

	(void)target;
	REQUIRE(!conversation->is_answered);
	conversation->is_answered = last;
	check_answer(answer);
	arena_free(answer->arena);
}

static void run(struct conversation *conversation)
{
	const struct sweep_events events = { conversation, next, answered };
	bool interrupted;

	fake_event_loop_play(&conversation->scenario, &conversation->log);
	REQUIRE(sweep_run(&conversation->options, &events, &interrupted, NULL,
			  NULL));
	REQUIRE(conversation->is_answered);
	REQUIRE(!interrupted || conversation->scenario.is_interrupted);
	strbuf_add_char(&conversation->log, '\0');
	REQUIRE(!strstr(conversation->log.data, "waits for ever"));
	REQUIRE(!strstr(conversation->log.data, "left open"));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct conversation conversation = { 0 };

	if (size < 2)
		return 0;
	conversation.arena = arena_new();
	choose(&conversation, data[0] | (unsigned)data[1] << 8);
	read_rules(&conversation,
		   (struct str){ (const char *)data + 2, size - 2 });
	run(&conversation);
	strbuf_free(&conversation.log);
	arena_free(conversation.arena);
	return 0;
}
