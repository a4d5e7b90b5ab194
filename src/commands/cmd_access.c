/* exportctl access: what a client may do, and why. */
#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "access_report.h"
#include "command_input.h"
#include "export_subject.h"
#include "local_paths.h"
#include "mnt_status.h"
#include "octal_text.h"

struct access_options {
	struct export_subject_options subject;
	int format; /* index into access_format_names */
	const char *input, *name;
	int64_t uid, gid, port;
	bool uid_given, gid_given;
	bool explain;
};

enum { KEPT_MAX = 1000 }; /* answers, where each can be printed alone */

struct access_run {
	const struct command_context *context;
	const struct access_options *options;
	struct export_subject subject;
	struct resolved_owners owners;
	struct arena *arena; /* of the answers that are not printed yet */
	struct access_report report;
	bool any_allowed, any_refused;
	bool failed;
};

struct exported_path {
	struct str path;
	struct asked_path asked;
};

static void note_verdict(struct access_run *run, enum access_verdict verdict)
{
	run->any_allowed |= verdict == ACCESS_ALLOWED;
	run->any_refused |= verdict != ACCESS_ALLOWED;
}

static struct access_item *add_item(struct access_run *run, const char *text,
				    const struct access_client *client,
				    struct str path, struct asked_path asked,
				    bool consider)
{
	struct export_question question = {
		.index = &run->subject.index,
		.local = run->subject.local,
		.client = client,
		.path = path,
		.nfs_version = run->subject.nfs_version,
	};
	struct access_item *item =
		ARRAY_ADD(run->arena, &run->report.items.list);

	item->client = client;
	item->client_text = text;
	item->path = path;
	item->answer = access_check(run->arena, &question, &run->subject.wish);
	item->mnt_status = mnt_status_of(&question, &item->answer, asked);
	if (consider)
		considered_entries_list(run->arena, &question, &item->answer,
					&item->considered);
	note_verdict(run, item->answer.verdict);
	return item;
}

/* A path as the user writes it. */
static void add_path(struct access_run *run, const char *text,
		     const struct access_client *client, struct str path,
		     bool consider)
{
	struct asked_path asked = { .kind = PATH_MISSING };
	struct str real = export_subject_path(&run->subject, path, &asked);

	add_item(run, text, client, real, asked, consider)->asked = path;
}

static int compare_paths(const void *left, const void *right)
{
	const struct exported_path *a = left, *b = right;

	return str_compare(a->path, b->path);
}

static struct asked_path facts_of(const struct local_paths *local,
				  uint32_t number)
{
	const struct local_path *found = local ? &local->items[number] : NULL;

	if (found && found->hidden)
		return (struct asked_path){ PATH_HIDDEN, 0 };
	if (!found || !found->known)
		return (struct asked_path){ PATH_MISSING, ENOENT };
	if (S_ISDIR(found->mode))
		return (struct asked_path){ PATH_DIRECTORY, 0 };
	return (struct asked_path){ S_ISREG(found->mode) ? PATH_FILE
							 : PATH_OTHER,
				    0 };
}

/* At every path that is exported. */
static void add_all(struct access_run *run, const char *text,
		    const struct access_client *client)
{
	const struct export_index *index = &run->subject.index;
	struct exported_path *paths = arena_alloc_array(
		run->context->arena, index->path_count, sizeof(*paths));
	size_t count = 0;

	for (uint32_t i = 0; i < index->path_count; i++)
		if (index->by_path[i].list.count)
			paths[count++] = (struct exported_path){
				export_table_path(&run->subject.table, i),
				facts_of(run->subject.local, i),
			};
	if (count)
		qsort(paths, count, sizeof(*paths), compare_paths);
	run->report.all = true;
	for (size_t i = 0; i < count; i++)
		add_item(run, text, client, paths[i].path, paths[i].asked,
			 run->options->explain || run->options->format);
}

static bool find_clients(struct access_run *run, struct str text,
			 struct access_clients *clients)
{
	struct failure failure;

	if (access_clients_find(&run->subject.sources, text, clients, &failure))
		return true;
	command_error(run->context, "%s", failure.text);
	run->failed = true;
	return false;
}

/* What a client is called in the answer: as the user calls it, and which of a
 * name's addresses it is. */
static const char *text_of(const struct access_run *run, struct str text,
			   const struct access_clients *clients,
			   const struct access_client *client)
{
	struct arena *arena = run->arena;
	char address[IP_ADDRESS_TEXT];

	if (clients->list.count == 1)
		return arena_copy(arena, text.data, text.length);
	return arena_printf(arena, "%.*s (%s)", STR_ARG(text),
			    ip_address_text(client->address, address));
}

static void answer_operands(struct access_run *run)
{
	char **operands = run->context->operands;
	struct str name = str_of(operands[0]);
	struct access_clients clients;

	if (!find_clients(run, name, &clients))
		return;
	for (size_t i = 0; i < clients.list.count; i++) {
		const struct access_client *client = &clients.list.items[i];
		const char *text = text_of(run, name, &clients, client);

		if (run->context->operand_count == 1)
			add_all(run, text, client);
		else
			add_path(run, text, client, str_of(operands[1]), true);
	}
}

/* The next word of the line; empty at its end and at a comment. */
static struct str next_word(struct str *line)
{
	struct str word;

	*line = str_trim(*line);
	if (line->length && line->data[0] == '#')
		line->length = 0;
	word = (struct str){ line->data, str_find(*line, ' ') };
	word.length = str_find(word, '\t');
	*line = str_skip(*line, word.length);
	return word;
}

static void wrong_line(struct access_run *run, unsigned number)
{
	command_error(run->context,
		      "%s:%u: a client and a path are wanted; the line is left "
		      "out",
		      run->options->input, number);
	run->failed = true;
}

/* A client and a path, in which a blank is \\040 as in exports files. */
struct question_line {
	struct str client, path;
};

struct question_lines {
	ARRAY(struct question_line) list;
};

static void read_lines(struct access_run *run, struct str text,
		       struct question_lines *lines)
{
	struct arena *arena = run->context->arena;
	struct str line;

	for (unsigned number = 1; str_take(&text, '\n', &line); number++) {
		struct str client = next_word(&line), path = next_word(&line);

		if (!client.length)
			continue;
		path = octal_text_decode(arena, path);
		if (path.length && !next_word(&line).length &&
		    !memchr(path.data, '\0', path.length))
			*ARRAY_ADD(arena, &lines->list) =
				(struct question_line){ client, path };
		else
			wrong_line(run, number);
	}
}

/* What is asked for outlives the answers. */
static void look_up(struct access_run *run, const struct question_lines *lines)
{
	struct arena *arena = run->context->arena;
	struct access_sources *sources = &run->subject.sources;
	struct str *texts =
		arena_alloc_array(arena, lines->list.count, sizeof(*texts));

	for (size_t i = 0; i < lines->list.count; i++)
		texts[i] = lines->list.items[i].client;
	sources->arena = arena;
	access_clients_look_up(sources, texts, lines->list.count);
	sources->arena = run->arena;
}

static void begin_answers(struct access_run *run)
{
	run->arena = arena_new();
	run->report.arena = run->arena;
	run->report.items = (struct access_items){ 0 };
	run->subject.sources.arena = run->arena;
}

static void end_answers(struct access_run *run)
{
	if (run->report.items.list.count || !run->failed)
		access_renderers[run->options->format](run->context->out,
						       &run->report);
	arena_free(run->arena);
}

/* In jsonl each answer stands for itself, and need not be kept. */
static bool is_streamed(const struct access_run *run)
{
	return strcmp(access_format_names[run->options->format], "jsonl") == 0;
}

/* A client that comes again is not sought again. */
static void answer_lines(struct access_run *run, struct str text)
{
	struct question_lines lines = { 0 };
	struct access_clients clients = { 0 };
	struct str last = { 0 };

	read_lines(run, text, &lines);
	look_up(run, &lines);
	for (size_t i = 0; i < lines.list.count; i++) {
		const struct question_line *line = &lines.list.items[i];

		if (is_streamed(run) &&
		    run->report.items.list.count >= KEPT_MAX) {
			end_answers(run);
			begin_answers(run);
			last = (struct str){ 0 };
		}
		if (!str_equal(line->client, last) &&
		    !find_clients(run, line->client, &clients))
			clients = (struct access_clients){ 0 };
		last = line->client;
		for (size_t k = 0; k < clients.list.count; k++)
			add_path(run,
				 text_of(run, line->client, &clients,
					 &clients.list.items[k]),
				 &clients.list.items[k], line->path,
				 run->options->explain);
	}
}

static void answer_input(struct access_run *run)
{
	struct source source = { .name = run->options->input };

	if (command_input_read(run->context, &source))
		answer_lines(run, source.text);
	else
		run->failed = true;
}

static int status_of(const struct access_run *run)
{
	bool by_exports =
		!run->options->input && run->context->operand_count == 1;

	if (run->failed || run->subject.failed)
		return STATUS_FAILED;
	if (by_exports)
		return run->any_allowed ? STATUS_OK : STATUS_FINDINGS;
	return run->any_refused ? STATUS_FINDINGS : STATUS_OK;
}

/* Lines are counted once, not for each of the arenas to come. */
static void index_sources(struct access_run *run)
{
	struct export_documents *documents = &run->subject.documents;

	for (size_t i = 0; i < documents->list.count; i++)
		(void)source_position(run->context->arena,
				      &documents->list.items[i].source, 0);
}

static int run_begun(struct access_run *run)
{
	const struct access_options *options = run->options;

	run->subject.wish.port = (uint16_t)options->port;
	run->subject.sources.name = options->name;
	table_gather_owners(&run->subject.gather, &run->subject.table,
			    &run->owners);
	run->report = (struct access_report){
		.table = &run->subject.table,
		.owners = &run->owners,
		.wish = run->subject.wish,
		.nfs_version = run->subject.nfs_version,
		.uid = (uint32_t)options->uid,
		.gid = (uint32_t)options->gid,
		.has_uid = options->uid_given,
		.has_gid = options->gid_given,
		.explain = options->explain,
		.color = run->context->color,
	};
	index_sources(run);
	begin_answers(run);
	if (options->input)
		answer_input(run);
	else
		answer_operands(run);
	end_answers(run);
	return status_of(run);
}

static int run_access(const struct command_context *context)
{
	const struct access_options *options = context->options;
	struct access_run run = { .context = context, .options = options };
	int status;

	if (!context->operand_count && !options->input)
		return command_usage_error(context,
					   "a CLIENT or --input is wanted");
	if (context->operand_count && options->input)
		return command_usage_error(
			context, "a CLIENT and --input exclude each other");
	if (!export_subject_begin(context, &options->subject, &run.subject,
				  &status))
		return status;
	status = run_begun(&run);
	export_subject_end(&run.subject);
	return status;
}

#define OFFSET(field) .offset = offsetof(struct access_options, field)

static const struct option_row options[] = {
	{ .name = "format",
	  .letter = 'f',
	  .kind = OPTION_CHOICE,
	  .choices = access_format_names,
	  .initial = "text",
	  .help = "what to print",
	  OFFSET(format) },
	EXPORT_TABLE_OPTION_ROWS(struct access_options),
	EXPORT_WISH_OPTION_ROWS(struct access_options),
	{ .name = "name",
	  .kind = OPTION_TEXT,
	  .argument = "NAME",
	  .help = "what the client's address is called",
	  OFFSET(name) },
	{ .name = "port",
	  .kind = OPTION_NUMBER,
	  .argument = "N",
	  .minimum = 1,
	  .maximum = UINT16_MAX,
	  .initial = "1023",
	  .help = "the port that the client sends from",
	  OFFSET(port) },
	{ .name = "uid",
	  .kind = OPTION_NUMBER,
	  .argument = "ID",
	  .minimum = 0,
	  .maximum = UINT32_MAX,
	  .help = "tell what becomes of this user",
	  .given = offsetof(struct access_options, uid_given),
	  OFFSET(uid) },
	{ .name = "gid",
	  .kind = OPTION_NUMBER,
	  .argument = "ID",
	  .minimum = 0,
	  .maximum = UINT32_MAX,
	  .help = "tell what becomes of this group",
	  .given = offsetof(struct access_options, gid_given),
	  OFFSET(gid) },
	{ .name = "explain",
	  .kind = OPTION_FLAG,
	  .help = "without PATH, or with --input: explain each answer in "
		  "full",
	  OFFSET(explain) },
	{ .name = "input",
	  .letter = 'i',
	  .kind = OPTION_PATH,
	  .argument = "FILE",
	  .help = "answer for the client and the path on each line of FILE",
	  OFFSET(input) },
	{ 0 },
};

const struct command cmd_access = {
	.name = "access",
	.summary = "say what a client may do at a path, and why",
	.operands = "[CLIENT [PATH]]",
	.operands_max = 2,
	.description =
		"Says what CLIENT, an address or a host name, may do at PATH, "
		"or at every export: which entry decides, which others match "
		"and come too late, which do not match and why, what becomes "
		"of root and other users.\n"
		"\n"
		"A name is looked up only with --resolve or --hosts. What "
		"can't be known without is told as depending on it.",
	.options = options,
	.options_size = sizeof(struct access_options),
	.status = { [STATUS_OK] = "it is allowed; without PATH: somewhere",
		    [STATUS_FINDINGS] = "it is denied, or undecided",
		    [STATUS_FAILED] = "a file could not be read, or wrong "
				      "usage" },
	.run = run_access,
};
