#include "export_subject.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "command_input.h"
#include "export_compare.h"
#include "exports_command.h"
#include "hosts_parser.h"
#include "local_paths_gather.h"
#include "netgroup_parser.h"
#include "path_facts.h"
#include "small_file.h"

#define NETGROUP_FILE_MAX ((size_t)64 << 20)

const char *const export_subject_can[] = { "read", "write", "root", NULL };
const char *const export_subject_versions[] = { "4", "3", NULL };

static bool read_hosts(struct export_subject *subject, const char *name)
{
	struct arena *arena = subject->context->arena;
	struct hosts *hosts = arena_alloc(arena, sizeof(*hosts));
	struct source source = { .name = name };

	if (!name)
		return true;
	if (!command_input_read(subject->context, &source))
		return false;
	hosts_parse(arena, source.text, hosts);
	subject->gather.hosts = hosts;
	subject->sources.hosts = hosts;
	return true;
}

/* The file of --netgroup, or where names may be asked that of the root. */
static bool read_netgroups(struct export_subject *subject,
			   const struct export_subject_options *options)
{
	struct arena *arena = subject->context->arena;
	struct netgroups *groups = arena_alloc(arena, sizeof(*groups));
	struct source source = { .name = options->netgroup };

	if (options->netgroup) {
		if (!command_input_read(subject->context, &source))
			return false;
	} else if (!options->resolve ||
		   small_file_read(arena, &subject->root, "/etc/netgroup",
				   NETGROUP_FILE_MAX, &source.text) != 0) {
		return true;
	}
	netgroups_parse(arena, source.text, groups);
	subject->sources.netgroups = groups;
	return true;
}

static void read_files(struct export_subject *subject,
		       const struct export_subject_options *options)
{
	struct arena *arena = subject->context->arena;

	if (!options->files.list.count)
		exports_files_read_system(arena, &subject->root,
					  &subject->files);
	for (size_t i = 0; i < options->files.list.count; i++)
		exports_files_read_operand(arena, options->files.list.items[i],
					   &subject->files);
	table_gather_parse(arena, &subject->files, &subject->documents);
	subject->failed =
		!exports_command_report(subject->context, &subject->files);
}

/* Entries that are lost count for nothing here; why they are is told
 * elsewhere. */
static void tell_lost(const struct export_subject *subject)
{
	size_t lost = export_table_lost(&subject->table);

	if (lost && !subject->context->globals.quiet)
		command_error(subject->context,
			      "%zu of %zu entries %s not loaded and %s for "
			      "nothing here; `exportctl lint` says why",
			      lost, subject->table.entries.count,
			      lost == 1 ? "is" : "are",
			      lost == 1 ? "counts" : "count");
}

static bool build(struct export_subject *subject,
		  const struct export_subject_options *options,
		  struct failure *failure)
{
	struct export_table reread;

	read_files(subject, options);
	table_gather_build(&subject->gather, &subject->documents,
			   &subject->table);
	if (etab_reread_is_needed(&subject->table) &&
	    !table_gather_reread(&subject->gather, &subject->table, &reread,
				 failure))
		return false;
	tell_lost(subject);
	export_index_build(subject->context->arena, &subject->table,
			   &subject->index);
	if (options->files.list.count)
		return true;
	subject->local = local_paths_gather(subject->context->arena,
					    &subject->root, &subject->table);
	exports_command_note_hidden(subject->context, &subject->table);
	return true;
}

static bool settle(struct export_subject *subject,
		   const struct export_subject_options *options)
{
	subject->nfs_version = options->nfs_version == 0 ? 4 : 3;
	subject->wish.can = (enum access_can)options->can;
	if (!options->sec)
		return true;
	subject->wish.sec = security_flavor_find(str_of(options->sec));
	if (!subject->wish.sec)
		command_usage_error(subject->context,
				    "'%s' is no security flavor", options->sec);
	return subject->wish.sec != NULL;
}

static bool begin_open(struct export_subject *subject,
		       const struct export_subject_options *options)
{
	struct failure failure;

	subject->sources = (struct access_sources){
		.arena = subject->context->arena,
		.root = &subject->root,
		.resolve = options->resolve,
		.deadline_ms = subject->gather.deadline_ms,
	};
	if (!settle(subject, options) || !read_hosts(subject, options->hosts) ||
	    !read_netgroups(subject, options))
		return false;
	if (build(subject, options, &failure))
		return true;
	command_error(subject->context, "%s", failure.text);
	return false;
}

bool export_subject_begin(const struct command_context *context,
			  const struct export_subject_options *options,
			  struct export_subject *subject, int *status)
{
	*subject = (struct export_subject){ .context = context };
	if (!exports_command_begin(context, options->resolve, &subject->root,
				   &subject->gather, status))
		return false;
	if (begin_open(subject, options))
		return true;
	*status = STATUS_FAILED;
	root_close(&subject->root);
	return false;
}

void export_subject_end(struct export_subject *subject)
{
	root_close(&subject->root);
}

/* Without doubled slashes, "." and "..", from the root on. */
static struct str clean_path(struct arena *arena, struct str path)
{
	char *text = arena_alloc(arena, path.length + 2);
	struct str word;
	size_t length = 0;

	while (str_take(&path, '/', &word)) {
		if (!word.length || str_is(word, "."))
			continue;
		if (str_is(word, "..")) {
			while (length && text[--length] != '/')
				;
			continue;
		}
		text[length++] = '/';
		memcpy(text + length, word.data, word.length);
		length += word.length;
	}
	if (!length)
		text[length++] = '/';
	return (struct str){ text, length };
}

/* Why a path is missing. */
static int look(const struct export_subject *subject, struct str path)
{
	const char *name =
		arena_copy(subject->context->arena, path.data, path.length);
	int fd = root_open_file(&subject->root, name, O_PATH);

	if (fd < 0)
		return errno;
	close(fd);
	return 0;
}

struct str export_subject_path(struct export_subject *subject, struct str path,
			       struct asked_path *asked)
{
	struct arena *arena = subject->context->arena;
	struct resolved_path resolved = { 0 };

	if (subject->local)
		path_facts_gather(arena, &subject->root, &path, 1, &resolved);
	if (asked && subject->local)
		*asked = (struct asked_path){
			.kind = resolved.kind,
			.error = resolved.real.data ? 0 : look(subject, path),
		};
	return resolved.real.data ? resolved.real : clean_path(arena, path);
}
