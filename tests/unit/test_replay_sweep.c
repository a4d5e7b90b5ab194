/* Conversations with servers in virtual time.
 *
 * tests/fixtures/replay/<name>.replay is a scenario (tests/support/
 * replay_scenario.h) with settings of the sweep, then a line "---", then what
 * the program does to the network and what it answers. With --record FILE...
 * this program writes the latter anew.
 *
 * Settings: host NAME (default 10.0.0.1), ask mounts, via mount|nfs4, udp-only,
 * tcp-only, version N, mount-port N, timeout MS (default 10000), patient,
 * probe, mnt, reserved, jobs N, all-addresses, max-reply N, max-nodes N,
 * max-total N. With the setting showmount the first host, a name, is asked as
 * showmount does it.
 */
#include <glob.h>

#include "fake_event_loop.h"
#include "mount_protocol.h"
#include "nfs4_player.h"
#include "rpc_limits.h"
#include "showmount_query.h"
#include "sweep.h"
#include "unit_test.h"

#define REPLAYS "tests/fixtures/replay/*.replay"
#define SEPARATOR "---\n"

struct replay {
	struct arena *arena;
	struct replay_scenario scenario;
	struct sweep_options options;
	bool is_showmount; /* no sweep */
	ARRAY(struct sweep_target) targets;
	size_t next;
	struct strbuf log;
	struct str expected;
};

static void set_ask(struct replay *replay, struct str word)
{
	replay->options.conversation.ask =
		str_is(word, "mounts") ? ASK_MOUNTS : ASK_EXPORTS;
}

static void set_via(struct replay *replay, struct str word)
{
	replay->options.conversation.via =
		str_is(word, "nfs4") ? VIA_NFS4 : VIA_MOUNT;
}

static void set_showmount(struct replay *replay, struct str word)
{
	(void)word;
	replay->is_showmount = true;
}

static void add_host(struct replay *replay, struct str word)
{
	struct sweep_target *target =
		ARRAY_ADD(replay->arena, &replay->targets);

	if (!ip_address_parse(word, &target->address))
		target->name =
			arena_copy(replay->arena, word.data, word.length);
}

#define OFFSET(member) offsetof(struct sweep_options, member)

/* A word that a setting begins with, and what it sets. */
static const struct setting {
	const char *word;
	enum { FLAG, NUMBER, PORT, SIZE, OTHER } kind;
	size_t offset;
	void (*set)(struct replay *replay, struct str word);
} settings[] = {
	{ "host", OTHER, 0, add_host },
	{ "ask", OTHER, 0, set_ask },
	{ "via", OTHER, 0, set_via },
	{ "showmount", OTHER, 0, set_showmount },
	{ "udp-only", FLAG, OFFSET(conversation.udp), NULL },
	{ "tcp-only", FLAG, OFFSET(conversation.tcp), NULL },
	{ "patient", FLAG, OFFSET(conversation.patient), NULL },
	{ "probe", FLAG, OFFSET(conversation.probe), NULL },
	{ "mnt", FLAG, OFFSET(conversation.probe_mnt), NULL },
	{ "reserved", FLAG, OFFSET(conversation.reserved_port), NULL },
	{ "all-addresses", FLAG, OFFSET(all_addresses), NULL },
	{ "version", NUMBER, OFFSET(conversation.mount_version), NULL },
	{ "timeout", NUMBER, OFFSET(conversation.timeout_ms), NULL },
	{ "max-nodes", NUMBER, OFFSET(conversation.max_nodes), NULL },
	{ "jobs", NUMBER, OFFSET(jobs), NULL },
	{ "mount-port", PORT, OFFSET(conversation.mount_port), NULL },
	{ "max-reply", SIZE, OFFSET(conversation.max_reply), NULL },
	{ "max-total", SIZE, OFFSET(max_total), NULL },
};

static const struct setting *find_setting(struct str word)
{
	for (size_t i = 0; i < COUNT(settings); i++)
		if (str_is(word, settings[i].word))
			return &settings[i];
	fail_msg("no such setting: %.*s", STR_ARG(word));
	return NULL;
}

static void apply(struct replay *replay, struct str line)
{
	const struct setting *setting = find_setting(replay_next_word(&line));
	struct str word = replay_next_word(&line);
	char *at = (char *)&replay->options + setting->offset;

	if (setting->kind == FLAG)
		*(bool *)at = true;
	else if (setting->kind == NUMBER)
		*(unsigned *)at = replay_number(word);
	else if (setting->kind == PORT)
		*(uint16_t *)at = (uint16_t)replay_number(word);
	else if (setting->kind == SIZE)
		*(size_t *)at = replay_number(word);
	else
		setting->set(replay, word);
}

static bool next_target(void *context, struct sweep_target *target)
{
	struct replay *replay = context;

	if (replay->next == replay->targets.count)
		return false;
	*target = replay->targets.items[replay->next++];
	return true;
}

static void log_bytes(struct strbuf *log, struct str bytes)
{
	for (size_t i = 0; i < bytes.length; i++) {
		unsigned char c = (unsigned char)bytes.data[i];

		strbuf_printf(log, c > ' ' && c < 0x7f ? "%c" : "\\x%02x", c);
	}
}

enum { SHOWN = 8 /* entries of a list */ };

static void log_export(struct replay *replay,
		       const struct server_answer *answer, size_t index)
{
	const struct listed_export *export = &answer->exports.items[index];

	strbuf_add_text(&replay->log, "  export ");
	log_bytes(&replay->log, answer_text(answer, export->path));
	for (uint32_t i = 0; i < export->group_count && i < SHOWN; i++) {
		strbuf_add_char(&replay->log, ' ');
		log_bytes(
			&replay->log,
			answer_text(
				answer,
				answer->groups.items[export->first_group + i]));
	}
	if (answer->flavors && answer->flavors[index].names) {
		strbuf_add_text(&replay->log, " flavors");
		for (uint32_t i = 0; i < answer->flavors[index].count; i++)
			strbuf_printf(&replay->log, " %s",
				      answer->flavors[index].names[i]);
	}
	strbuf_add_char(&replay->log, '\n');
}

static void log_nfs4(struct replay *replay, const struct nfs4_listing *listing)
{
	for (size_t i = 0; i < listing->exports.count && i < SHOWN; i++) {
		strbuf_add_text(&replay->log, "  export ");
		nfs4_player_add_export(&replay->log,
				       &listing->exports.items[i]);
	}
}

static void log_lists(struct replay *replay, const struct server_answer *answer)
{
	strbuf_printf(&replay->log,
		      "  %s list by %s: %zu exports, %zu groups, %zu mounts\n",
		      answer->complete ? "complete" : "partial", answer->via,
		      answer->exports.count, answer->groups.count,
		      answer->mounts.count);
	if (answer->nfs4)
		log_nfs4(replay, answer->nfs4);
	for (size_t i = 0; i < answer->exports.count && i < SHOWN; i++)
		log_export(replay, answer, i);
	for (size_t i = 0; i < answer->mounts.count && i < SHOWN; i++) {
		const struct listed_mount *mount = &answer->mounts.items[i];

		strbuf_add_text(&replay->log, "  mount ");
		log_bytes(&replay->log, answer_text(answer, mount->client));
		strbuf_add_char(&replay->log, ' ');
		log_bytes(&replay->log, answer_text(answer, mount->path));
		strbuf_add_char(&replay->log, '\n');
	}
}

static void log_probe(struct strbuf *log, const struct probe_facts *facts)
{
	static const char *const tls[] = {
		[PROBE_TLS_NOT_CHECKED] = "not checked",
		[PROBE_TLS_REFUSED] = "refused",
		[PROBE_TLS_NOT_UNDERSTOOD] = "not understood",
		[PROBE_TLS_OFFERED] = "offered",
	};

	strbuf_printf(log, "  tls %s, nfs %#x, minors %#x, mount %#x,%s%s\n",
		      tls[facts->tls], facts->nfs_versions, facts->nfs4_minors,
		      facts->mount_versions, facts->tcp ? " tcp" : "",
		      facts->udp ? " udp" : "");
}

static void answered(void *context, const struct sweep_target *target,
		     struct server_answer *answer, bool last)
{
	struct replay *replay = context;
	struct strbuf *log = &replay->log;
	char address[IP_ADDRESS_TEXT];

	(void)target, (void)last;
	strbuf_printf(log, "%s after %u ms: %s\n",
		      answer->address.family == IP_NONE
			      ? target->name
			      : ip_address_text(answer->address, address),
		      answer->milliseconds, answer_status_name(answer->status));
	if (answer->error)
		strbuf_printf(log, "  error: %s\n", answer->error);
	for (size_t i = 0; i < answer->notes.count; i++)
		strbuf_printf(log, "  note: %s\n", answer->notes.items[i]);
	if (answer->gives_list)
		log_lists(replay, answer);
	if (answer->probe)
		log_probe(log, answer->probe);
	arena_free(answer->arena);
}

static void run_showmount(struct replay *replay)
{
	const struct showmount_question question = {
		.host = replay->targets.items[0].name,
		.program = MOUNT_PROGRAM,
		.exports = replay->options.conversation.ask == ASK_EXPORTS,
	};
	struct showmount_result result;

	if (!showmount_ask(replay->arena, &question, &result, NULL))
		fail_msg("there is no loop");
	strbuf_printf(&replay->log, "%s: %s\n",
		      result.found ? "call" : "create",
		      clnt_sperrno(result.found ? result.error.re_status
						: result.create_stat));
	strbuf_printf(&replay->log, "%zu exports, %zu groups, %zu mounts\n",
		      result.list.exports.count, result.list.groups.count,
		      result.list.mounts.count);
}

static void run_sweep(struct replay *replay)
{
	const struct sweep_events events = { replay, next_target, answered };
	bool interrupted;

	if (!sweep_run(&replay->options, &events, &interrupted, NULL, NULL))
		strbuf_add_text(&replay->log, "no sweep\n");
	if (interrupted)
		strbuf_add_text(&replay->log, "interrupted\n");
}

static void run(struct replay *replay)
{
	fake_event_loop_play(&replay->scenario, &replay->log);
	if (replay->is_showmount)
		run_showmount(replay);
	else
		run_sweep(replay);
}

/* The bytes before the line "---", and those behind it. */
static struct str split(struct str text, struct str *behind)
{
	const char *found = memmem(text.data, text.length, "\n" SEPARATOR,
				   sizeof("\n" SEPARATOR) - 1);
	size_t length;

	if (!found)
		fail_msg("there is no line ---");
	length = (size_t)(found - text.data) + 1;
	*behind = str_skip(text, length + sizeof(SEPARATOR) - 1);
	return (struct str){ text.data, length };
}

static struct str read_text(struct arena *arena, const char *path)
{
	struct strbuf text = { 0 };
	FILE *file = fopen(path, "r");
	char *bytes;
	int c;

	if (!file)
		fail_msg("%s can't be read", path);
	while ((c = getc(file)) != EOF)
		strbuf_add_char(&text, (char)c);
	fclose(file);
	bytes = arena_copy(arena, text.data, text.length);
	strbuf_free(&text);
	return str_of(bytes);
}

static struct str load(struct replay *replay, const char *path)
{
	struct str scenario;

	*replay = (struct replay){
		.arena = arena_new(),
		.options = {
			.conversation = {
				.rpcbind_port = PORT_RPCBIND,
				.nfs_port = PORT_NFS,
				.uid = 65534,
				.gid = 65534,
				.timeout_ms = 10000,
				.max_reply = LIMIT_REPLY_BYTES_SWEEP,
				.max_nodes = LIMIT_LIST_NODES_SWEEP,
			},
			.jobs = 100,
		},
	};
	scenario = split(read_text(replay->arena, path), &replay->expected);
	replay_scenario_parse(replay->arena, scenario, &replay->scenario);
	for (size_t i = 0; i < replay->scenario.settings.count; i++)
		apply(replay, replay->scenario.settings.items[i]);
	if (!replay->targets.count)
		add_host(replay, STR("10.0.0.1"));
	return scenario;
}

static void unload(struct replay *replay)
{
	strbuf_free(&replay->log);
	arena_free(replay->arena);
}

static void test_replay(void **state)
{
	struct replay replay;

	load(&replay, *state);
	run(&replay);
	if (!str_equal(strbuf_str(&replay.log), replay.expected)) {
		print_message("expected:\n%.*sseen:\n%s",
			      STR_ARG(replay.expected), replay.log.data);
		fail();
	}
	unload(&replay);
}

static int record(const char *path)
{
	struct replay replay;
	struct str scenario = load(&replay, path);
	FILE *file;

	run(&replay);
	file = fopen(path, "w");
	if (!file ||
	    fprintf(file, "%.*s" SEPARATOR "%s", STR_ARG(scenario),
		    replay.log.data) < 0 ||
	    fclose(file) != 0)
		return 1;
	unload(&replay);
	return 0;
}

static int test_all(void)
{
	struct CMUnitTest *tests;
	glob_t found;
	int failed;

	if (glob(REPLAYS, 0, NULL, &found) != 0)
		return 1;
	tests = calloc(found.gl_pathc, sizeof(*tests));
	if (!tests)
		return 1;
	for (size_t i = 0; i < found.gl_pathc; i++)
		tests[i] = (struct CMUnitTest){
			.name = found.gl_pathv[i],
			.test_func = test_replay,
			.initial_state = found.gl_pathv[i],
		};
	failed = _cmocka_run_group_tests("replay", tests, found.gl_pathc, NULL,
					 NULL);
	free(tests);
	globfree(&found);
	return failed;
}

int main(int argc, char **argv)
{
	int failed = 0;

	if (argc == 1 || strcmp(argv[1], "--record") != 0)
		return test_all();
	for (int i = 2; i < argc; i++)
		failed |= record(argv[i]);
	return failed;
}
