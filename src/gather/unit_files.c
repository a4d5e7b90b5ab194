#include "unit_files.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "config_files.h"
#include "folder_list.h"
#include "small_file.h"

#define UNIT_MAX ((size_t)1 << 20)

/* What comes first hides what is behind. */
static const char *const folders[] = {
	"/etc/systemd/system",	   "/run/systemd/system",
	"/run/systemd/generator",  "/usr/local/lib/systemd/system",
	"/usr/lib/systemd/system", "/lib/systemd/system",
};

enum { FOLDERS = sizeof(folders) / sizeof(*folders) };

struct reader {
	struct arena *arena;
	const struct root *root;
	struct unit_file *unit;
};

bool unit_files_are_used(const struct root *root)
{
	return root_has(root, "/usr/lib/systemd/systemd") ||
	       root_has(root, "/lib/systemd/systemd");
}

/* A link to /dev/null, or an empty file. */
static bool is_nothing(const struct root *root, const char *path)
{
	int fd = root_open_file(root, path, O_PATH | O_NOFOLLOW);
	char target[16];
	struct stat state;
	bool nothing = false;
	ssize_t length;

	if (fd < 0)
		return false;
	if (fstat(fd, &state) == 0 && S_ISREG(state.st_mode))
		nothing = state.st_size == 0;
	length = readlinkat(fd, "", target, sizeof(target));
	close(fd);
	return nothing ||
	       (length > 0 &&
		str_is((struct str){ target, (size_t)length }, "/dev/null"));
}

static void add_words(struct reader *reader, struct str key, struct str value)
{
	struct str word;

	while (str_take(&value, ' ', &word)) {
		if (!word.length)
			continue;
		if (str_is(key, "After"))
			*ARRAY_ADD(reader->arena, &reader->unit->after) = word;
		else
			*ARRAY_ADD(reader->arena, &reader->unit->wants) = word;
	}
}

static bool is_known(struct str key)
{
	static const char *const keys[] = { "After", "Wants", "Requires",
					    "Requisite", "BindsTo" };

	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++)
		if (str_is(key, keys[i]))
			return true;
	return false;
}

/* A copy in which tabs are blanks, and so is a line end behind a backslash. */
static struct str join_lines(struct arena *arena, struct str text)
{
	char *bytes = arena_copy(arena, text.data, text.length);

	for (size_t i = 0; i < text.length; i++) {
		if (bytes[i] == '\t')
			bytes[i] = ' ';
		if (bytes[i] == '\\' && bytes[i + 1] == '\n')
			bytes[i] = bytes[i + 1] = ' ';
	}
	return (struct str){ bytes, text.length };
}

/* What is said of order adds up; nothing takes it back. */
static void read_file(struct reader *reader, const char *path)
{
	struct str text, line, key, section = { 0 };
	int error = small_file_read(reader->arena, reader->root, path, UNIT_MAX,
				    &text);

	if (error && error != ENOENT)
		reader->unit->error = error;
	text = join_lines(reader->arena, text);
	while (str_take(&text, '\n', &line)) {
		line = str_trim(line);
		if (!line.length || line.data[0] == '#' || line.data[0] == ';')
			continue;
		if (line.data[0] == '[') {
			section = line;
			continue;
		}
		(void)str_take(&line, '=', &key);
		key = str_trim(key);
		if (str_is(section, "[Unit]") && is_known(key))
			add_words(reader, key, line);
	}
}

static const char *path_in(const struct reader *reader, size_t folder,
			   const char *name)
{
	return arena_printf(reader->arena, "%s/%s", folders[folder], name);
}

static void find_file(struct reader *reader, const char *name)
{
	for (size_t i = 0; i < FOLDERS && !reader->unit->path; i++) {
		const char *path = path_in(reader, i, name);

		if (root_has(reader->root, path))
			reader->unit->path = path;
	}
	if (!reader->unit->path)
		return;
	reader->unit->masked = is_nothing(reader->root, reader->unit->path);
	if (!reader->unit->masked)
		read_file(reader, reader->unit->path);
}

static bool is_hidden(const struct reader *reader, size_t folder,
		      const char *name)
{
	for (size_t i = 0; i < folder; i++)
		if (root_has(reader->root, path_in(reader, i, name)))
			return true;
	return false;
}

static void read_dropins(struct reader *reader, const char *name)
{
	for (size_t i = 0; i < FOLDERS; i++) {
		struct folder_list list;
		const char *path = arena_printf(reader->arena, "%s/%s.d",
						folders[i], name);
		int error = folder_list_read(reader->arena, reader->root, path,
					     &list);

		if (error && error != ENOENT)
			reader->unit->error = error;
		for (size_t k = 0; k < list.entries.count; k++) {
			const char *file = list.entries.items[k].name;

			if (config_files_counts(file) &&
			    !is_hidden(reader, i,
				       arena_printf(reader->arena, "%s.d/%s",
						    name, file)))
				read_file(reader, list.entries.items[k].path);
		}
	}
}

static void read_links(struct reader *reader, const char *name)
{
	static const char *const kinds[] = { "wants", "requires" };

	for (size_t i = 0; i < FOLDERS * 2; i++) {
		struct folder_list list;

		(void)folder_list_read(reader->arena, reader->root,
				       arena_printf(reader->arena, "%s/%s.%s",
						    folders[i / 2], name,
						    kinds[i % 2]),
				       &list);
		for (size_t k = 0; k < list.entries.count; k++)
			*ARRAY_ADD(reader->arena, &reader->unit->wants) =
				str_of(list.entries.items[k].name);
	}
}

void unit_file_read(struct arena *arena, const struct root *root,
		    const char *name, struct unit_file *unit)
{
	struct reader reader = { arena, root, unit };

	*unit = (struct unit_file){ 0 };
	find_file(&reader, name);
	if (!unit->path || unit->masked)
		return;
	read_dropins(&reader, name);
	read_links(&reader, name);
}

bool unit_file_is_masked(struct arena *arena, const struct root *root,
			 const char *name)
{
	return is_nothing(root, arena_printf(arena, "%s/%s", folders[0], name));
}

bool unit_file_is_after(const struct unit_file *unit, const char *other)
{
	for (size_t i = 0; i < unit->after.count; i++)
		if (str_is(unit->after.items[i], other))
			return true;
	return false;
}

bool unit_file_wants(const struct unit_file *unit, const char *other)
{
	for (size_t i = 0; i < unit->wants.count; i++)
		if (str_is(unit->wants.items[i], other))
			return true;
	return false;
}

static bool is_among(const char *const *names, const char *name)
{
	for (; names && *names; names++)
		if (strcmp(*names, name) == 0)
			return true;
	return !names;
}

bool unit_files_are_linked(struct arena *arena, const struct root *root,
			   const char *folder, const char *const *names)
{
	for (size_t i = 0; i < FOLDERS; i++) {
		struct folder_list list;

		(void)folder_list_read(
			arena, root,
			arena_printf(arena, "%s/%s", folders[i], folder),
			&list);
		for (size_t k = 0; k < list.entries.count; k++) {
			const char *name = list.entries.items[k].name;

			if (is_among(names, name) &&
			    !unit_file_is_masked(arena, root, name))
				return true;
		}
	}
	return false;
}
