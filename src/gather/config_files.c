#include "config_files.h"

#include <dirent.h>
#include <errno.h>
#include <unistd.h>

#include "file_read.h"
#include "folder_list.h"
#include "ini_parser.h"

/* Far above any configuration; nfs-utils reads files whole. */
#define CONFIG_MAX_BYTES ((size_t)1 << 20)

/* nfs-utils has no limit, and dies of files that include each other. */
enum { INCLUDES_MAX = 32 };

struct reader {
	struct arena *arena;
	const struct root *root;
	struct local_state *state;
	struct server_config *config;
	unsigned files;	 /* that were read */
	unsigned depth;	 /* of includes */
	bool unreadable; /* a file is there, but can't be read */
};

bool config_files_counts(const char *name)
{
	static const char suffix[] = ".conf";
	size_t length = strlen(name), tail = sizeof(suffix) - 1;

	return name[0] != '.' && length > tail &&
	       memcmp(name + length - tail, suffix, tail) == 0;
}

static bool read_file(struct reader *reader, const char *path, struct str *text)
{
	int fd = root_open_regular(reader->root, path);
	struct failure failure;
	bool done;

	if (fd < 0) {
		reader->unreadable |= errno == EACCES || errno == EPERM;
		return false;
	}
	done = file_read(reader->arena, fd, path, CONFIG_MAX_BYTES, text, NULL,
			 &failure);
	reader->unreadable |= !done;
	close(fd);
	return done;
}

static bool load(struct reader *reader, const char *path,
		 const struct ini_section *outer);

static void complain(struct reader *reader, uint32_t source, struct span span,
		     const char *message)
{
	diag_add(reader->arena, &reader->config->diags,
		 (struct diag){
			 .source = source,
			 .span = span,
			 .message = message,
			 .consequence = "the line is ignored",
		 });
}

/* A path without leading slash starts at the folder of the file. */
static const char *included_path(struct arena *arena, const char *file,
				 struct str name)
{
	const char *slash = strrchr(file, '/');

	if (name.length && name.data[0] == '/')
		return arena_copy(arena, name.data, name.length);
	return arena_printf(arena, "%.*s/%.*s", (int)(slash - file), file,
			    STR_ARG(name));
}

static void include(struct reader *reader, const char *file, uint32_t source,
		    const struct ini_section *section,
		    const struct ini_setting *setting)
{
	bool optional = setting->value.length && setting->value.data[0] == '-';
	const char *path = included_path(reader->arena, file,
					 str_skip(setting->value, optional));

	if (reader->depth == INCLUDES_MAX) {
		complain(reader, source, setting->value_span,
			 "too many files include each other");
		return;
	}
	reader->depth++;
	if (!load(reader, path, section) && !optional)
		complain(reader, source, setting->value_span,
			 arena_printf(reader->arena, "%s can't be read", path));
	reader->depth--;
}

static void add_settings(struct reader *reader, const char *path,
			 uint32_t source, const struct ini_file *file)
{
	for (size_t i = 0; i < file->settings.count; i++) {
		const struct ini_setting *setting = &file->settings.items[i];
		const struct ini_section *section =
			&file->sections.items[setting->section];
		struct config_setting added = {
			.section = section->name,
			.argument = section->argument,
			.key = setting->key,
			.value = setting->value,
			.source = source,
			.span = setting->key_span,
			.value_span = setting->value_span,
		};

		if (setting->cut)
			continue;
		if (str_equal_nocase(setting->key, STR("include")))
			include(reader, path, source, section, setting);
		else if (setting->value.length)
			server_config_add(reader->arena, reader->config,
					  &added);
	}
}

static uint32_t add_source(struct reader *reader, const char *path,
			   struct str text)
{
	*ARRAY_ADD(reader->arena, &reader->state->sources) = (struct source){
		.name = arena_copy(reader->arena, path, strlen(path)),
		.text = text,
	};
	return (uint32_t)reader->state->sources.count - 1;
}

/* Reads a file, and those that it includes in their places. outer is the
 * section that its first lines belong to, or NULL. */
static bool load(struct reader *reader, const char *path,
		 const struct ini_section *outer)
{
	struct ini_file file;
	struct str text;
	uint32_t source;

	if (!read_file(reader, path, &text))
		return false;
	source = add_source(reader, path, text);
	if (!reader->files++)
		reader->config->source = source;
	ini_parse_inside(reader->arena, text, outer, &file);
	for (size_t i = 0; i < file.diags.list.count; i++) {
		file.diags.list.items[i].source = source;
		diag_add(reader->arena, &reader->config->diags,
			 file.diags.list.items[i]);
	}
	add_settings(reader, path, source, &file);
	return true;
}

static void load_folder(struct reader *reader, const char *folder)
{
	struct folder_list list;
	int error =
		folder_list_read(reader->arena, reader->root, folder, &list);

	reader->unreadable |= error == EACCES || error == EPERM;
	for (size_t i = 0; i < list.entries.count; i++) {
		const struct folder_entry *entry = &list.entries.items[i];

		if (config_files_counts(entry->name) &&
		    (entry->type == DT_REG || entry->type == DT_LNK))
			load(reader, entry->path, NULL);
	}
}

static void load_both(struct reader *reader, const char *folder,
		      const char *name)
{
	const char *path = arena_printf(reader->arena, "%s/%s", folder, name);

	load(reader, path, NULL);
	load_folder(reader, arena_printf(reader->arena, "%s.d", path));
}

const struct server_config *config_files_read(struct arena *arena,
					      const struct root *root,
					      version_number nfs_utils,
					      const char *name,
					      struct local_state *state)
{
	struct reader reader = {
		.arena = arena,
		.root = root,
		.state = state,
		.config = arena_alloc(arena, sizeof(*reader.config)),
	};

	if (nfs_utils >= VERSION_NUMBER(2, 7, 1))
		load_both(&reader, "/usr/etc", name);
	load_both(&reader, "/etc", name);
	return reader.files && !reader.unreadable ? reader.config : NULL;
}
