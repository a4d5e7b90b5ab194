#include "mountd_gather.h"

#include "mountd_process.h"
#include "rpc_limits.h"
#include "small_file.h"
#include "sweep.h"

enum {
	DEADLINE_MS = 2000,

	/* mountd writes its list by recursion, a step for each path and one
	 * for each client of a path, and dies where the stack ends: between
	 * 50,000 and 60,000 with the usual 8 MiB. Far below that it is safe,
	 * and blocked for about a second. */
	SAFE_LIST = 20000,
};

struct question {
	struct arena *arena;
	bool asked;
	struct server_answer *answer;
};

static void note_unchecked(struct arena *arena, struct live_state *live,
			   const char *why)
{
	*ARRAY_ADD(arena, &live->unchecked) = (struct unchecked_fact){
		.what = "etab against what mountd answers",
		.why = why,
	};
}

/* Versions that a MOUNT service is for; nothing is known of a server that is
 * not seen. */
static bool serves_mount_clients(const struct live_state *live)
{
	return live->versions && live->versions->served & (1 << 2 | 1 << 3) &&
	       !(live->threads && *live->threads == 0);
}

static bool is_v4_only(const struct live_state *live)
{
	return live->versions && !(live->versions->served & (1 << 2 | 1 << 3));
}

/* The most steps that mountd takes into one list of its answer. */
static size_t longest_list(struct arena *arena,
			   const struct export_table *table)
{
	uint32_t *counts = arena_alloc_array(
		arena, table->input.lookups->paths.list.count, sizeof(*counts));
	size_t paths = 0, longest = 0;

	for (size_t i = 0; i < table->entries.count; i++) {
		const struct export_entry *entry = &table->entries.items[i];

		if (entry->state != EXPORT_LOADED)
			continue;
		paths += counts[entry->path]++ == 0;
		if (counts[entry->path] > longest)
			longest = counts[entry->path];
	}
	return paths > longest ? paths : longest;
}

static bool next_target(void *context, struct sweep_target *target)
{
	struct question *question = context;

	if (question->asked)
		return false;
	question->asked = true;
	*target = (struct sweep_target){
		.address = { .family = IP_V4, .bytes = { 127, [3] = 1 } },
	};
	return true;
}

static void answered(void *context, const struct sweep_target *target,
		     struct server_answer *answer, bool last)
{
	struct question *question = context;

	(void)target;
	(void)last;
	question->answer = answer;
}

/* Nobody's answer is larger than one of many servers' may be. */
static struct server_answer *ask(struct arena *arena, const char **error)
{
	static const struct sweep_options options = {
		.conversation = {
			.ask = ASK_EXPORTS,
			.via = VIA_MOUNT,
			.rpcbind_port = PORT_RPCBIND,
			.nfs_port = PORT_NFS,
			.timeout_ms = DEADLINE_MS,
			.max_reply = LIMIT_REPLY_BYTES_SWEEP,
			.max_nodes = LIMIT_LIST_NODES_SWEEP,
		},
		.jobs = 1,
	};
	struct question question = { .arena = arena };
	struct sweep_events events = { &question, next_target, answered };
	struct failure failure;
	bool interrupted;

	if (!sweep_run(&options, &events, &interrupted, NULL, &failure)) {
		*error = arena_printf(arena, "%s", failure.text);
		return NULL;
	}
	return question.answer;
}

static struct str moved(struct answer_text text, const char *bytes)
{
	return (struct str){ bytes + text.offset, text.length };
}

/* The answer's memory ends before the audit does. */
static struct mountd_view *keep(struct arena *arena,
				const struct server_answer *answer)
{
	struct mountd_view *view = arena_alloc(arena, sizeof(*view));
	const char *bytes =
		arena_copy(arena, answer->bytes.data, answer->bytes.length);

	for (size_t i = 0; i < answer->exports.count; i++) {
		const struct listed_export *export = &answer->exports.items[i];

		*ARRAY_ADD(arena, &view->exports) = (struct announced_export){
			.path = moved(export->path, bytes),
			.first_client = export->first_group,
			.client_count = export->group_count,
		};
	}
	for (size_t i = 0; i < answer->groups.count; i++)
		*ARRAY_ADD(arena, &view->clients) =
			moved(answer->groups.items[i], bytes);
	return view;
}

/* Was etab written since it was read? */
static bool is_outdated(const struct root *root, const char *etab,
			const struct live_state *live)
{
	struct arena *arena = arena_new();
	struct str text;
	bool outdated = small_file_read(arena, root, etab, SOURCE_MAX_BYTES,
					&text) != 0 ||
			!str_equal(text, live->etab->text);

	arena_free(arena);
	return outdated;
}

/* Why there is no list; NULL where none is expected. */
static const char *reason(struct arena *arena, const struct live_state *live,
			  const struct server_answer *answer)
{
	bool is_nobody = answer->status == ANSWER_REFUSED ||
			 answer->status == ANSWER_UNREACHABLE ||
			 answer->status == ANSWER_NO_MOUNT_SERVICE;

	if (is_nobody && !serves_mount_clients(live))
		return NULL;
	return answer->error ? arena_printf(arena, "%s", answer->error)
			     : answer_status_name(answer->status);
}

static void take_answer(struct arena *arena, const struct root *root,
			const char *etab, const struct server_answer *answer,
			struct live_state *live)
{
	const char *why = NULL;
	struct mountd_view *view;

	if (answer->status != ANSWER_OK)
		why = reason(arena, live, answer);
	else if (is_outdated(root, etab, live))
		why = "etab was written meanwhile";
	if (why)
		note_unchecked(arena, live, why);
	if (why || answer->status != ANSWER_OK)
		return;
	view = keep(arena, answer);
	mountd_process_look(arena, root, live, answer->mount_port, etab, view);
	live->mountd = view;
}

void mountd_gather(struct arena *arena, const struct root *root,
		   const char *etab, struct live_state *live)
{
	struct server_answer *answer;
	const char *error = NULL;

	/* one that finds no etab when it is asked ends itself */
	if (!root->is_host || !live->etab || is_v4_only(live))
		return;
	if (longest_list(arena, live->in_force) > SAFE_LIST) {
		note_unchecked(arena, live,
			       "its list is so long that making it keeps "
			       "mountd busy, or ends it");
		return;
	}
	answer = ask(arena, &error);
	if (answer) {
		take_answer(arena, root, etab, answer, live);
		arena_free(answer->arena);
	} else {
		note_unchecked(arena, live, error);
	}
}
