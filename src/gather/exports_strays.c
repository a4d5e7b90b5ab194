#include "exports_strays.h"

#include <dirent.h>
#include <unistd.h>

#include "file_read.h"
#include "folder_list.h"
#include "load_order.h"

/* Enough to see what a file is. */
#define LOOK_BYTES ((size_t)1 << 20)

static bool ends_in(struct str name, const char *suffix)
{
	struct str tail = str_of(suffix);

	return name.length >= tail.length &&
	       str_equal(str_skip(name, name.length - tail.length), tail);
}

/* Endings that editors, package managers and people give to copies. */
static bool is_leftover(const char *name)
{
	static const char *const suffixes[] = {
		"~",	     ".bak",	  ".backup",   ".old",
		".orig",     ".save",	  ".swp",      ".tmp",
		".disabled", ".off",	  ".rpmsave",  ".rpmnew",
		".rpmorig",  ".dpkg-old", ".dpkg-new", ".dpkg-dist",
		".dpkg-tmp", ".dpkg-bak", ".ucf-old",  ".ucf-new",
		".ucf-dist", NULL,
	};

	for (const char *const *suffix = suffixes; *suffix; suffix++)
		if (ends_in(str_of(name), *suffix))
			return true;
	return name[0] == '#' && ends_in(str_of(name), "#");
}

/* Does a line begin as an export does? */
static bool has_path(struct str text)
{
	while (text.length) {
		size_t i = 0, length = str_find(text, '\n');

		while (i < length &&
		       (text.data[i] == ' ' || text.data[i] == '\t' ||
			text.data[i] == '"'))
			i++;
		if (i < length && text.data[i] == '/')
			return true;
		text = str_skip(text, length + (length < text.length));
	}
	return false;
}

static bool file_has_exports(struct arena *arena, const struct root *root,
			     const char *path)
{
	int fd = root_open_regular(root, path);
	struct failure failure;
	struct str text;
	bool done;

	if (fd < 0)
		return false;
	done = file_read(arena, fd, path, LOOK_BYTES, &text, NULL, &failure);
	close(fd);
	return done && has_path(text);
}

/* Is it there for its exports? One inside, or its own name, says so. */
static bool folder_has_exports(struct arena *arena, const struct root *root,
			       const struct folder_entry *folder)
{
	struct folder_list inside;

	if (load_order_counts(folder->name))
		return true;
	if (folder_list_read(arena, root, folder->path, &inside) != 0)
		return false;
	for (size_t i = 0; i < inside.entries.count; i++)
		if (load_order_counts(inside.entries.items[i].name))
			return true;
	return false;
}

static void add_stray(struct arena *arena, const struct folder_entry *entry,
		      enum stray_kind kind, bool has_exports,
		      struct local_state *state, struct local_server *server)
{
	*ARRAY_ADD(arena, &server->exports_d) = (struct stray_file){
		.source = (uint32_t)state->sources.count,
		.name = entry->name,
		.kind = kind,
		.has_exports = has_exports,
	};
	*ARRAY_ADD(arena, &state->sources) =
		(struct source){ .name = entry->path, .text = STR("") };
}

void exports_strays_gather(struct arena *arena, const struct root *root,
			   struct local_state *state,
			   struct local_server *server)
{
	struct folder_list list;

	(void)folder_list_read(arena, root, "/etc/exports.d", &list);
	for (size_t i = 0; i < list.entries.count; i++) {
		const struct folder_entry *entry = &list.entries.items[i];
		bool is_file = entry->type == DT_REG || entry->type == DT_LNK;

		if (entry->type == DT_DIR)
			add_stray(arena, entry, STRAY_FOLDER,
				  folder_has_exports(arena, root, entry), state,
				  server);
		else if (!is_file)
			add_stray(arena, entry, STRAY_SPECIAL,
				  load_order_counts(entry->name), state,
				  server);
		else if (!load_order_counts(entry->name))
			add_stray(arena, entry,
				  is_leftover(entry->name) ? STRAY_LEFTOVER
							   : STRAY_NAME,
				  file_has_exports(arena, root, entry->path),
				  state, server);
	}
}
