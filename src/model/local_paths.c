#include "local_paths.h"

bool local_path_is_below(struct str path, struct str directory)
{
	if (str_is(directory, "/"))
		return path.length > 1;
	return path.length > directory.length && str_starts(path, directory) &&
	       path.data[directory.length] == '/';
}

void local_paths_index(struct arena *arena, struct local_paths *paths)
{
	for (size_t i = 0; i < paths->mounts.list.count; i++)
		id_table_add(arena, &paths->by_point,
			     hash_bytes(0, paths->mounts.list.items[i].point),
			     (uint32_t)i);
}

/* The one on top of those at that point, or NULL. */
static const struct mountinfo_mount *mount_at(const struct local_paths *paths,
					      struct str point)
{
	const struct mountinfo_mount *found = NULL;

	ID_TABLE_EACH (&paths->by_point, hash_bytes(0, point), id) {
		const struct mountinfo_mount *mount =
			&paths->mounts.list.items[id];

		if (str_equal(mount->point, point) && mount > found)
			found = mount;
	}
	return found;
}

const struct mountinfo_mount *local_paths_mount(const struct local_paths *paths,
						struct str path)
{
	const struct mountinfo_mount *mount = mount_at(paths, path);

	while (!mount && path.length > 1) {
		do
			path.length--;
		while (path.length > 1 && path.data[path.length] != '/');
		mount = mount_at(paths, path);
	}
	return mount;
}

bool local_paths_is_mount_point(const struct local_paths *paths,
				struct str path)
{
	return mount_at(paths, path) != NULL;
}
