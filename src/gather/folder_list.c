#include "folder_list.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static int compare(const void *a, const void *b)
{
	const struct folder_entry *x = a, *y = b;

	return strverscmp(x->name, y->name);
}

/* Some file systems do not say what an entry is. */
static unsigned type_of(int folder, const struct dirent *entry)
{
	struct stat state;

	if (entry->d_type != DT_UNKNOWN ||
	    fstatat(folder, entry->d_name, &state, AT_SYMLINK_NOFOLLOW) < 0)
		return entry->d_type;
	return IFTODT(state.st_mode);
}

static void add_entry(struct arena *arena, const char *folder,
		      const struct dirent *entry, unsigned type,
		      struct folder_list *list)
{
	struct folder_entry *added;
	const char *path;

	if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
		return;
	path = arena_printf(arena, "%s/%s", folder, entry->d_name);
	added = ARRAY_ADD(arena, &list->entries);
	added->path = path;
	added->name = path + strlen(folder) + 1;
	added->type = type;
}

int folder_list_read(struct arena *arena, const struct root *root,
		     const char *folder, struct folder_list *list)
{
	int fd = root_open_file(root, folder,
				O_RDONLY | O_DIRECTORY | O_NONBLOCK);
	const struct dirent *entry;
	DIR *stream;

	*list = (struct folder_list){ 0 };
	if (fd < 0)
		return errno;
	stream = fdopendir(fd);
	if (!stream) {
		close(fd);
		return ENOMEM;
	}
	while ((entry = readdir(stream)))
		add_entry(arena, folder, entry, type_of(fd, entry), list);
	closedir(stream);
	if (list->entries.count)
		qsort(list->entries.items, list->entries.count,
		      sizeof(*list->entries.items), compare);
	return 0;
}
