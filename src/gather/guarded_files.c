#include "guarded_files.h"

#include <endian.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/xattr.h>
#include <unistd.h>

#include "path_facts.h"

/* An access control list as the kernel gives it (linux/posix_acl_xattr.h). */
enum { LIST_VERSION = 2, LIST_ENTRIES_MAX = 1000, WRITE = 2 };

enum list_tag {
	TAG_USER = 0x02,
	TAG_GROUP_OWNER = 0x04,
	TAG_GROUP = 0x08,
	TAG_MASK = 0x10,
};

struct list_entry {
	uint16_t tag, permissions;
	uint32_t id;
};

struct access_list {
	uint32_t version;
	struct list_entry entries[LIST_ENTRIES_MAX];
};

static const struct list_entry *find_tag(const struct access_list *list,
					 size_t count, enum list_tag tag)
{
	for (size_t i = 0; i < count; i++)
		if (le16toh(list->entries[i].tag) == tag)
			return &list->entries[i];
	return NULL;
}

static const char *describe(struct guarded_reader *reader,
			    const struct list_entry *entry)
{
	bool is_user = le16toh(entry->tag) == TAG_USER;
	uint32_t id = le32toh(entry->id);
	const char *name = is_user ? owner_names_user(reader->names, id)
				   : owner_names_group(reader->names, id);

	if (name)
		return arena_printf(reader->arena, "%s %s",
				    is_user ? "user" : "group", name);
	return arena_printf(reader->arena, "%s %u", is_user ? "uid" : "gid",
			    id);
}

/* Somebody whom the list names, and lets write. */
static const char *find_writer(struct guarded_reader *reader,
			       const struct access_list *list, size_t count,
			       unsigned mask)
{
	for (size_t i = 0; i < count; i++) {
		const struct list_entry *entry = &list->entries[i];
		unsigned tag = le16toh(entry->tag);

		if ((tag == TAG_USER || tag == TAG_GROUP) &&
		    le16toh(entry->permissions) & mask & WRITE &&
		    le32toh(entry->id) != 0)
			return describe(reader, entry);
	}
	return NULL;
}

/* A list has a mask as soon as it says more than the mode. The group bits of
 * the mode are then that mask. */
static void read_list(struct guarded_reader *reader, int fd,
		      struct guarded_file *file)
{
	const char *path = arena_printf(reader->arena, "/proc/self/fd/%d", fd);
	struct access_list list;
	ssize_t bytes =
		getxattr(path, "system.posix_acl_access", &list, sizeof(list));
	const struct list_entry *mask, *group;
	size_t count;

	if (bytes < (ssize_t)sizeof(list.version) ||
	    le32toh(list.version) != LIST_VERSION)
		return;
	count = ((size_t)bytes - sizeof(list.version)) / sizeof(*list.entries);
	mask = find_tag(&list, count, TAG_MASK);
	group = find_tag(&list, count, TAG_GROUP_OWNER);
	if (!mask || !group)
		return;
	file->has_list = true;
	file->mode &= ~(unsigned)S_IWGRP;
	if (le16toh(group->permissions) & le16toh(mask->permissions) & WRITE)
		file->mode |= S_IWGRP;
	file->list_writer =
		find_writer(reader, &list, count, le16toh(mask->permissions));
}

static struct guarded_file *find_file(const struct guarded_reader *reader,
				      const struct guarded_files *files,
				      const char *path)
{
	for (size_t i = 0; i < files->list.count; i++) {
		struct guarded_file *file = &files->list.items[i];

		if (strcmp(reader->state->sources.items[file->source].name,
			   path) == 0)
			return file;
	}
	return NULL;
}

static void add_file(struct guarded_reader *reader, const char *path,
		     bool is_parent, struct guarded_files *files)
{
	struct guarded_file *file = find_file(reader, files, path);
	struct stat status;
	int fd;

	if (file) {
		file->is_parent &= is_parent;
		return;
	}
	fd = root_open_file(reader->root, path, O_PATH);
	if (fd < 0)
		return;
	if (fstat(fd, &status) == 0) {
		file = ARRAY_ADD(reader->arena, &files->list);
		file->source = (uint32_t)reader->state->sources.count;
		*ARRAY_ADD(reader->arena, &reader->state->sources) =
			(struct source){ .name = path, .text = STR("") };
		file->is_folder = S_ISDIR(status.st_mode);
		file->is_parent = is_parent;
		file->mode = status.st_mode & 07777;
		file->uid = status.st_uid;
		file->gid = status.st_gid;
		file->user = owner_names_user(reader->names, file->uid);
		file->group = owner_names_group(reader->names, file->gid);
		read_list(reader, fd, file);
	}
	close(fd);
}

static void add_parents(struct guarded_reader *reader, const char *path,
			struct guarded_files *files)
{
	add_file(reader, "/", true, files);
	for (const char *slash = path; (slash = strchr(slash + 1, '/'));)
		add_file(
			reader,
			arena_copy(reader->arena, path, (size_t)(slash - path)),
			true, files);
}

void guarded_files_add(struct guarded_reader *reader, const char *path,
		       struct guarded_files *files)
{
	const struct str written = str_of(path);
	struct resolved_path resolved;
	const char *real;

	path_facts_gather(reader->arena, reader->root, &written, 1, &resolved);
	if (!resolved.real.data)
		return;
	real = arena_copy(reader->arena, resolved.real.data,
			  resolved.real.length);
	add_parents(reader, path, files);
	add_parents(reader, real, files);
	add_file(reader, path, false, files);
}
