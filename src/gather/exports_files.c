#include "exports_files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "file_read.h"
#include "load_order.h"

static const char main_file[] = "/etc/exports";
static const char main_directory[] = "/etc/exports.d";

static void add_failure(struct arena *arena, struct exports_files *files,
			const char *text)
{
	*ARRAY_ADD(arena, &files->failures) =
		arena_copy(arena, text, strlen(text));
}

static void add_error(struct arena *arena, struct exports_files *files,
		      const char *name, int error)
{
	struct failure failure;

	(void)file_failure(&failure, name, error);
	add_failure(arena, files, failure.text);
}

/* Adds what fd holds; name belongs to arena or lives as long. */
static void add_source(struct arena *arena, int fd, const char *name,
		       struct exports_files *files)
{
	struct failure failure;
	struct str text;
	bool changed;

	if (!file_read(arena, fd, name, SOURCE_MAX_BYTES, &text, &changed,
		       &failure)) {
		add_failure(arena, files, failure.text);
		return;
	}
	*ARRAY_ADD(arena, &files->sources) =
		(struct source){ .name = name, .text = text };
	if (changed)
		*ARRAY_ADD(arena, &files->notes) = arena_printf(
			arena, "%s: changed while it was read", name);
}

/* Adds a file that was opened without waiting. Character devices are read,
 * since a link to /dev/null is how one masks a file. */
static void add_plain(struct arena *arena, int fd, const char *name,
		      struct exports_files *files)
{
	struct stat state;

	if (fstat(fd, &state) == 0 &&
	    (S_ISFIFO(state.st_mode) || S_ISSOCK(state.st_mode)))
		add_failure(
			arena, files,
			arena_printf(arena, "%s: is not a regular file", name));
	else
		add_source(arena, fd, name, files);
}

/* Where a name leads: below a root, or as the process sees it. */
static int open_path(const struct root *root, const char *path, int flags)
{
	return root ? root_open_file(root, path, flags)
		    : open(path, flags | O_CLOEXEC);
}

static bool is_file_type(int directory, const struct dirent *entry)
{
	struct stat state;

	if (entry->d_type != DT_UNKNOWN)
		return entry->d_type == DT_REG || entry->d_type == DT_LNK;
	return fstatat(directory, entry->d_name, &state, AT_SYMLINK_NOFOLLOW) <
		       0 ||
	       S_ISREG(state.st_mode) || S_ISLNK(state.st_mode);
}

struct name_list {
	ARRAY(const char *) list;
};

/* The names that count, in load order; returns 0 or errno. */
static int list_names(struct arena *arena, int fd, struct name_list *names)
{
	DIR *stream = fdopendir(fd);
	const struct dirent *entry;
	int error;

	if (!stream) {
		error = errno;
		close(fd);
		return error;
	}
	while ((errno = 0, entry = readdir(stream)))
		if (load_order_counts(entry->d_name) &&
		    is_file_type(dirfd(stream), entry))
			*ARRAY_ADD(arena, &names->list) = arena_copy(
				arena, entry->d_name, strlen(entry->d_name));
	error = errno;
	closedir(stream);
	load_order_sort(names->list.items, names->list.count);
	return error;
}

static void add_directory(struct arena *arena, const struct root *root, int fd,
			  const char *directory, struct exports_files *files)
{
	size_t length = strlen(directory);
	const char *slash = length && directory[length - 1] == '/' ? "" : "/";
	struct name_list names = { 0 };
	int error = list_names(arena, fd, &names);

	for (size_t i = 0; i < names.list.count; i++) {
		const char *name = arena_printf(arena, "%s%s%s", directory,
						slash, names.list.items[i]);
		int file = open_path(root, name, O_RDONLY | O_NONBLOCK);

		if (file < 0) {
			add_error(arena, files, name, errno);
			continue;
		}
		add_plain(arena, file, name, files);
		close(file);
	}
	if (error)
		add_error(arena, files, directory, error);
}

static void read_main_file(struct arena *arena, const struct root *root,
			   struct exports_files *files)
{
	int fd = root_open_file(root, main_file, O_RDONLY | O_NONBLOCK);

	if (fd >= 0) {
		add_plain(arena, fd, main_file, files);
		close(fd);
	} else if (errno == ENOENT) {
		files->main_missing = true;
	} else {
		add_error(arena, files, main_file, errno);
	}
}

static void read_main_directory(struct arena *arena, const struct root *root,
				struct exports_files *files)
{
	int fd = root_open_file(root, main_directory,
				O_RDONLY | O_DIRECTORY | O_NONBLOCK);

	if (fd >= 0)
		add_directory(arena, root, fd, main_directory, files);
	else if (errno == ENOTDIR)
		*ARRAY_ADD(arena, &files->notes) = arena_printf(
			arena, "%s: is not a directory", main_directory);
	else if (errno != ENOENT)
		add_error(arena, files, main_directory, errno);
}

void exports_files_read_system(struct arena *arena, const struct root *root,
			       struct exports_files *files)
{
	read_main_file(arena, root, files);
	read_main_directory(arena, root, files);
}

void exports_files_read_file(struct arena *arena, const char *operand,
			     struct exports_files *files)
{
	const char *name = arena_copy(arena, operand, strlen(operand));
	int fd;

	if (strcmp(operand, "-") == 0) {
		add_source(arena, STDIN_FILENO, name, files);
		return;
	}
	fd = open(operand, O_RDONLY | O_CLOEXEC);
	if (fd < 0) {
		add_error(arena, files, name, errno);
		return;
	}
	add_source(arena, fd, name, files);
	close(fd);
}

void exports_files_read_directory(struct arena *arena, const char *directory,
				  struct exports_files *files)
{
	int fd = open(directory,
		      O_RDONLY | O_DIRECTORY | O_NONBLOCK | O_CLOEXEC);

	if (fd < 0)
		add_error(arena, files, directory, errno);
	else
		add_directory(arena, NULL, fd, directory, files);
}

void exports_files_read_operand(struct arena *arena, const char *operand,
				struct exports_files *files)
{
	struct stat state;

	if (strcmp(operand, "-") != 0 && stat(operand, &state) == 0 &&
	    S_ISDIR(state.st_mode))
		exports_files_read_directory(arena, operand, files);
	else
		exports_files_read_file(arena, operand, files);
}

/* What follows "/etc/exports.d/", or NULL. */
static const char *name_of_drop_in(const char *name)
{
	size_t length = strlen(main_directory);

	return strncmp(name, main_directory, length) == 0 && name[length] == '/'
		       ? name + length + 1
		       : NULL;
}

bool exports_files_has_place(const char *name)
{
	const char *drop_in = name_of_drop_in(name);

	if (strcmp(name, main_file) == 0)
		return true;
	return drop_in && !strchr(drop_in, '/') && load_order_counts(drop_in);
}

/* Does the file named come before the one that is there? */
static bool comes_before(const char *name, const char *there)
{
	const char *pair[] = { name_of_drop_in(there), name_of_drop_in(name) };
	const char *drop_in = pair[1];

	if (!pair[0] || !pair[1])
		return !pair[1];
	load_order_sort(pair, 2);
	return pair[0] == drop_in;
}

void exports_files_put(struct arena *arena, const struct exports_files *other,
		       const char *name, struct exports_files *files)
{
	struct source source;
	size_t at = 0;

	for (size_t i = 0; i < other->failures.count; i++)
		*ARRAY_ADD(arena, &files->failures) = other->failures.items[i];
	for (size_t i = 0; i < other->notes.count; i++)
		*ARRAY_ADD(arena, &files->notes) = other->notes.items[i];
	if (!other->sources.count)
		return;
	source = (struct source){ name, other->sources.items[0].text, NULL };
	files->main_missing &= strcmp(name, main_file) != 0;
	while (at < files->sources.count &&
	       strcmp(files->sources.items[at].name, name) != 0 &&
	       !comes_before(name, files->sources.items[at].name))
		at++;
	if (at == files->sources.count ||
	    strcmp(files->sources.items[at].name, name) != 0) {
		ARRAY_ADD(arena, &files->sources);
		for (size_t i = files->sources.count - 1; i > at; i--)
			files->sources.items[i] = files->sources.items[i - 1];
	}
	files->sources.items[at] = source;
}
