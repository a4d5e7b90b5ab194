#include "audit_memory.h"

#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "report_output.h"

static const char default_folder[] = "/var/lib/exportctl";
static const char default_file[] = "/var/lib/exportctl/audit.db";

/* An audit of other servers keeps nothing without being asked to. */
static const char *choose_file(const struct command_context *context,
			       const struct audit_memory_options *options,
			       bool fleet)
{
	if (options->forget || (fleet && !options->state && !options->changes &&
				!options->history))
		return NULL;
	if (options->state || context->globals.root || geteuid() != 0)
		return options->state;
	return default_file;
}

/* The same whichever way the root is spelled. */
static const char *server_name(const struct command_context *context)
{
	const char *root = context->globals.root ? context->globals.root : "/";
	char *path = realpath(root, NULL);
	const char *name;

	if (!path)
		return root;
	name = arena_copy(context->arena, path, strlen(path));
	free(path);
	return name;
}

/* Two names of one file, or the same name of none. */
static bool is_same_file(const char *a, const char *b)
{
	struct stat one, other;

	if (stat(a, &one) != 0 || stat(b, &other) != 0)
		return strcmp(a, b) == 0;
	return one.st_dev == other.st_dev && one.st_ino == other.st_ino;
}

static const char *wrong_usage(const struct audit_memory *memory,
			       const struct audit_memory_options *options)
{
	bool reads = options->changes || options->history;

	if (options->forget && options->state)
		return "--state and --no-state exclude each other";
	if (options->changes && options->history)
		return "--changes and --history exclude each other";
	if (options->output && memory->file &&
	    is_same_file(options->output, memory->file))
		return "the state can't be where the report goes";
	if (reads && options->forget)
		return "--no-state leaves nothing to compare with";
	if (reads && !memory->file)
		return "there is no state without --state FILE, but for root "
		       "on the host itself";
	return NULL;
}

bool audit_memory_begin(struct audit_memory *memory,
			const struct command_context *context,
			const struct audit_memory_options *options, bool fleet)
{
	const char *wrong;

	*memory = (struct audit_memory){
		.context = context,
		.file = choose_file(context, options, fleet),
		.output = options->output,
		.server = server_name(context),
	};
	wrong = wrong_usage(memory, options);
	if (wrong)
		command_usage_error(context, "%s", wrong);
	return !wrong;
}

bool audit_memory_open(struct audit_memory *memory, struct failure *failure)
{
	if (memory->file == default_file)
		mkdir(default_folder, 0755);
	return audit_state_open(memory->context->arena, memory->file, NULL,
				AUDIT_STATE_WAIT_MS, &memory->state, failure);
}

bool audit_memory_turn(struct audit_memory *memory, const char *server,
		       struct audit_sighting *sighting,
		       struct audit_changes *changes, bool *first,
		       struct failure *failure)
{
	const size_t *findings = changes->counts[AUDIT_FINDING];
	struct arena *arena = memory->context->arena;
	struct audit_facts known;
	bool any;

	if (!audit_state_turn_to(memory->state, server, failure) ||
	    !audit_state_known(memory->state, &known, &any, failure))
		return false;
	*first = !any;
	audit_changes_find(arena, &known, &sighting->facts, &sighting->sight,
			   changes);
	sighting->run.appeared = (uint32_t)findings[CHANGE_APPEARED];
	sighting->run.vanished = (uint32_t)findings[CHANGE_VANISHED];
	return audit_state_note(memory->state, &sighting->run, changes,
				failure);
}

void audit_memory_give_up(struct audit_memory *memory,
			  const struct failure *failure)
{
	command_error(memory->context, "%s", failure->text);
	memory->failed = true;
	audit_memory_end(memory);
}

void audit_memory_compare(struct audit_memory *memory,
			  const struct audit_report *report, bool files_read,
			  bool resolved)
{
	struct audit_sighting sighting;
	struct failure failure;

	if (!memory->file)
		return;
	audit_sighting_make(memory->context->arena, report, files_read,
			    resolved, time(NULL), &sighting);
	if (!audit_memory_open(memory, &failure) ||
	    !audit_memory_turn(memory, memory->server, &sighting,
			       &memory->changes, &memory->first, &failure))
		audit_memory_give_up(memory, &failure);
}

void audit_memory_keep(struct audit_memory *memory)
{
	struct failure failure;

	if (memory->state && !audit_state_commit(memory->state, &failure))
		audit_memory_give_up(memory, &failure);
}

void audit_memory_end(struct audit_memory *memory)
{
	audit_state_close(memory->state);
	memory->state = NULL;
}

struct history_output {
	struct audit_history_report report;
	bool json;
};

static void write_history(FILE *out, const void *context)
{
	const struct history_output *shown = context;

	(shown->json ? render_history_json
		     : render_history_text)(out, &shown->report);
}

int audit_memory_history(const struct audit_memory *memory,
			 const struct audit_servers *servers, const char *host,
			 bool json)
{
	const struct command_context *context = memory->context;
	struct audit_history history;
	struct history_output shown;
	struct failure failure;

	if (!audit_state_history(context->arena, memory->file, servers,
				 &history, &failure)) {
		command_error(context, "%s", failure.text);
		return STATUS_FAILED;
	}
	shown = (struct history_output){
		.report = { .host = host,
			    .runs = history.runs.items,
			    .count = history.runs.count,
			    .color = context->color && !memory->output },
		.json = json,
	};
	return report_output(context, memory->output, write_history, &shown) !=
			       REPORT_FAILED
		       ? STATUS_OK
		       : STATUS_FAILED;
}

static bool is_this_server(void *context, struct str name)
{
	const struct audit_memory *memory = context;

	return str_is(name, memory->server);
}

int audit_memory_history_here(struct audit_memory *memory, const char *host,
			      bool json)
{
	const struct audit_servers here = { memory, is_this_server };

	return audit_memory_history(memory, &here, host, json);
}
