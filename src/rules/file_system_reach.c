#include "file_system_reach.h"

static bool holds_system(const struct rule_run *run,
			 const struct mountinfo_mount *mount)
{
	const struct mountinfo_mount *etc =
		local_paths_mount(run->local->paths, STR("/etc"));
	const struct mountinfo_mount *boot =
		local_paths_mount(run->local->paths, STR("/boot"));

	return (etc && mounts_share_file_system(etc, mount)) ||
	       (boot && mounts_share_file_system(boot, mount));
}

enum file_system_reach file_system_reach_of(const struct rule_run *run,
					    const struct export_entry *entry)
{
	const struct mountinfo_mount *mount = path_mount(run, entry);
	uint32_t flags = rule_policy(run, entry)->flags;

	if (!mount)
		return REACH_UNKNOWN;
	if (!(flags & EXPORT_NO_SUBTREE_CHECK) || flags & EXPORT_SIGN_FH ||
	    str_is(path_of(run, entry), "/"))
		return REACH_EXPORT;
	if (holds_system(run, mount))
		return REACH_SYSTEM;
	return path_is_mount_point(run, entry) && str_is(mount->root, "/")
		       ? REACH_EXPORT
		       : REACH_REST;
}
