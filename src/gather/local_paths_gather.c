#include "local_paths_gather.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "path_facts.h"
#include "small_file.h"

static const char mountinfo_path[] = "/proc/self/mountinfo";

/* A directory or path that was looked at. */
struct looked {
	bool known, hidden;
	struct stat state;
};

struct looking {
	struct arena *arena;
	const struct root *root;
	struct text_set names; /* of what was looked at */
	ARRAY(struct looked) looked;
	uid_t owner; /* of the root: of an image that somebody unpacked all is
			his what was root's */
};

static struct looked look(const struct looking *looking, struct str path)
{
	const char *name = arena_copy(looking->arena, path.data, path.length);
	int fd = root_open_file(looking->root, name, O_PATH);
	struct looked looked = { 0 };

	if (fd < 0) {
		looked.hidden = path_error_hides(errno);
		return looked;
	}
	looked.known = fstat(fd, &looked.state) == 0;
	close(fd);
	if (looked.known && looked.state.st_uid == looking->owner)
		looked.state.st_uid = 0;
	return looked;
}

static struct looked look_once(struct looking *looking, struct str path)
{
	uint32_t number = text_set_add(looking->arena, &looking->names, path);

	if (number == looking->looked.count)
		*ARRAY_ADD(looking->arena, &looking->looked) =
			look(looking, path);
	return looking->looked.items[number];
}

/* Can others than root put something else in the place of what lies in the
 * directory? In a sticky one only the owner of that can. */
static bool is_weak(const struct root *root, const struct stat *directory,
		    const struct looked *below)
{
	bool open = directory->st_mode & S_IWOTH ||
		    (directory->st_mode & S_IWGRP && directory->st_gid != 0 &&
		     directory->st_gid != root->owner_gid);

	if (directory->st_uid != 0 && directory->st_uid != root->owner_uid)
		return true;
	if (directory->st_mode & S_ISVTX)
		return open && below->known && below->state.st_uid != 0;
	return open;
}

/* The end of the component that begins at or behind `at`. */
static size_t component_end(struct str path, size_t at)
{
	while (at < path.length && path.data[at] == '/')
		at++;
	while (at < path.length && path.data[at] != '/')
		at++;
	return at;
}

static struct weak_directory find_weak(struct looking *looking, struct str path)
{
	struct str directory = STR("/");
	size_t end = component_end(path, 0);

	while (end > 0 && component_end(path, end) >= end) {
		struct looked above = look_once(looking, directory);
		struct str below = { path.data, end };
		struct looked next = look_once(looking, below);

		if (above.known && is_weak(looking->root, &above.state, &next))
			return (struct weak_directory){ directory,
							above.state.st_uid,
							above.state.st_mode };
		if (end == path.length)
			break;
		directory = below;
		end = component_end(path, end);
	}
	return (struct weak_directory){ 0 };
}

static const char *find_snapshots(const struct looking *looking,
				  struct str path)
{
	static const char *const names[] = { ".zfs", ".snapshot",
					     ".snapshots" };

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		const char *name = arena_printf(looking->arena, "%.*s/%s",
						STR_ARG(path), names[i]);

		if (look(looking, str_of(name)).known)
			return names[i];
	}
	return NULL;
}

static void read_mounts(const struct looking *looking,
			struct local_paths *paths)
{
	struct str text;

	paths->mounts_known =
		small_file_read(looking->arena, looking->root, mountinfo_path,
				SOURCE_MAX_BYTES, &text) == 0;
	if (!paths->mounts_known)
		return;
	mountinfo_parse(looking->arena, text, &paths->mounts);
	local_paths_index(looking->arena, paths);
}

/* Snapshot directories are looked for on file systems that have them. */
static bool may_have_snapshots(const struct mountinfo_mount *mount)
{
	return mount &&
	       (str_is(mount->type, "zfs") || str_is(mount->type, "btrfs") ||
		str_is(mount->type, "nfs") || str_is(mount->type, "nfs4"));
}

static void fill(struct looking *looking, const struct local_paths *paths,
		 struct str path, struct local_path *facts)
{
	struct looked looked;

	if (!path.length || memchr(path.data, '\0', path.length))
		return;
	looked = look_once(looking, path);
	facts->hidden = looked.hidden;
	if (!looked.known)
		return;
	facts->known = true;
	facts->mode = looked.state.st_mode;
	facts->uid = looked.state.st_uid;
	facts->gid = looked.state.st_gid;
	facts->weak = find_weak(looking, path);
	if (paths->mounts_known)
		facts->mount = local_paths_mount(paths, path);
	if (may_have_snapshots(facts->mount))
		facts->snapshots = find_snapshots(looking, path);
}

const struct local_paths *local_paths_gather(struct arena *arena,
					     const struct root *root,
					     const struct export_table *table)
{
	const struct text_set *names = &table->input.lookups->paths;
	struct local_paths *paths = arena_alloc(arena, sizeof(*paths));
	struct local_path *items =
		arena_alloc_array(arena, names->list.count, sizeof(*items));
	struct looking looking = { .arena = arena, .root = root };
	struct stat state;

	if (fstat(root->fd, &state) == 0)
		looking.owner = state.st_uid;
	paths->items = items;
	read_mounts(&looking, paths);
	for (size_t i = 0; i < names->list.count; i++)
		fill(&looking, paths, names->list.items[i], &items[i]);
	return paths;
}
