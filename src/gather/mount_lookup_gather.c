#include "mount_lookup_gather.h"

#include <dirent.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "local_paths.h"
#include "local_server.h"
#include "small_file.h"

/* In all exported directories together. */
enum { PROGRAM_MAX = 16 << 20, LOOKS_MAX = 10000 };

static const char program_path[] = "/usr/sbin/rpc.mountd";

struct finder {
	struct arena *arena;
	const struct root *root;
	const struct export_table *table;
	const struct local_state *state;
	struct mount_lookup *lookup;
	unsigned looks;
};

static bool has_text(struct str program, const char *text)
{
	return program.length &&
	       memmem(program.data, program.length, text, strlen(text));
}

/* The names of options stand in the program. With the check came the option
 * that takes it back, also where a distribution put it into an older version,
 * which --version does not tell. */
static bool is_mountd(struct str program)
{
	return has_text(program, "manage-gids") &&
	       has_text(program, "state-directory-path");
}

static bool can_check(struct str program)
{
	return has_text(program, "apply-root-cred");
}

static bool is_told_not_to(const struct local_state *state)
{
	const struct server_config *config = state->server->nfs_conf;

	return config &&
	       server_config_bool(config, "mountd", "apply-root-cred", false);
}

/* Does a directory of that owner that is closed to others keep clients out?
 * With sec=sys a client calls itself whom it likes, but for those whom the
 * export squashes. */
static bool keeps_out(const struct export_policy *policy, uid_t owner)
{
	struct flavor_entry flavors[SECURITY_FLAVORS_MAX];
	unsigned count = export_policy_flavors(policy, flavors);
	uint32_t squashes = owner ? EXPORT_ALL_SQUASH
				  : EXPORT_ALL_SQUASH | EXPORT_ROOT_SQUASH;

	if ((uid_t)policy->anonuid == owner)
		return false;
	for (unsigned i = 0; i < count; i++)
		if (!(flavors[i].flags & squashes) &&
		    (!owner ||
		     flavors[i].flavor->number < SECURITY_FLAVORS_GSS))
			return false;
	return true;
}

static bool is_closed(const struct finder *finder,
		      const struct export_entry *entry, mode_t mode, uid_t uid)
{
	const struct export_policy *policy =
		&finder->table->policies.list.items[entry->policy];

	if (uid == finder->root->owner_uid)
		uid = 0;
	return !(mode & S_IXOTH) && keeps_out(policy, uid);
}

static void note_closed(struct finder *finder, const struct export_entry *entry,
			const char *name)
{
	struct str path = export_table_path(finder->table, entry->path);
	const char *text =
		name ? arena_printf(finder->arena, "%.*s/%s", STR_ARG(path),
				    name)
		     : arena_copy(finder->arena, path.data, path.length);

	finder->lookup->closed = str_of(text);
	finder->lookup->entry = entry;
}

static bool looks_closed(struct finder *finder,
			 const struct export_entry *entry, int folder,
			 const char *name)
{
	struct stat state;

	finder->looks++;
	return fstatat(folder, name, &state, AT_SYMLINK_NOFOLLOW) == 0 &&
	       S_ISDIR(state.st_mode) &&
	       is_closed(finder, entry, state.st_mode, state.st_uid);
}

/* The first closed directory in one that is exported; that of a file system
 * that was never in use is not meant. */
static void look_into(struct finder *finder, const struct export_entry *entry)
{
	struct str path = export_table_path(finder->table, entry->path);
	int fd = root_open_file(
		finder->root, arena_copy(finder->arena, path.data, path.length),
		O_RDONLY | O_DIRECTORY | O_NONBLOCK);
	DIR *folder = fd < 0 ? NULL : fdopendir(fd);
	struct dirent *item;

	while (folder && finder->looks < LOOKS_MAX &&
	       (item = readdir(folder))) {
		if (strcmp(item->d_name, ".") == 0 ||
		    strcmp(item->d_name, "..") == 0 ||
		    strcmp(item->d_name, "lost+found") == 0 ||
		    !looks_closed(finder, entry, dirfd(folder), item->d_name))
			continue;
		note_closed(finder, entry, item->d_name);
		break;
	}
	if (folder)
		closedir(folder);
	else if (fd >= 0)
		close(fd);
}

static void find_closed(struct finder *finder)
{
	const struct local_paths *paths = finder->state->paths;

	for (size_t i = 0;
	     i < finder->table->entries.count && !finder->lookup->closed.data &&
	     finder->looks < LOOKS_MAX;
	     i++) {
		const struct export_entry *entry =
			&finder->table->entries.items[i];
		const struct local_path *path;

		if (entry->state != EXPORT_LOADED)
			continue;
		path = &paths->items[entry->path];
		finder->looks++;
		if (!path->known || !S_ISDIR(path->mode))
			continue;
		if (is_closed(finder, entry, path->mode, path->uid))
			note_closed(finder, entry, NULL);
		else
			look_into(finder, entry);
	}
}

/* Is there an export whose users would be kept out of something? */
static bool matters(const struct export_table *table)
{
	for (size_t i = 0; i < table->entries.count; i++) {
		const struct export_entry *entry = &table->entries.items[i];

		if (entry->state == EXPORT_LOADED &&
		    keeps_out(&table->policies.list.items[entry->policy], 0))
			return true;
	}
	return false;
}

static bool serves_v3(const struct local_state *state,
		      const struct live_state *live)
{
	const struct server_config *config = state->server->nfs_conf;

	if (live->versions)
		return live->versions->served & (1u << 2 | 1u << 3);
	return !config || server_config_bool(config, "nfsd", "vers3", true);
}

static void note_unchecked(struct arena *arena, struct live_state *live,
			   const char *why)
{
	*ARRAY_ADD(arena, &live->unchecked) = (struct unchecked_fact){
		.what = program_path,
		.why = why,
	};
}

void mount_lookup_gather(struct arena *arena, const struct root *root,
			 const struct export_table *table,
			 struct local_state *state, struct live_state *live)
{
	struct mount_lookup *lookup;
	struct str program;
	int error;

	if (!serves_v3(state, live))
		return;
	error = small_file_read(arena, root, program_path, PROGRAM_MAX,
				&program);
	if (error || !is_mountd(program)) {
		note_unchecked(
			arena, live,
			error ? arena_printf(arena, "%s", strerror(error))
			      : "it is no rpc.mountd of nfs-utils");
		return;
	}
	if (!matters(table))
		return;
	lookup = arena_alloc(arena, sizeof(*lookup));
	lookup->program = (uint32_t)state->sources.count;
	lookup->can = can_check(program);
	lookup->by_caller = lookup->can && !is_told_not_to(state);
	*ARRAY_ADD(arena, &state->sources) =
		(struct source){ .name = program_path, .text = STR("") };
	if (!lookup->by_caller)
		find_closed(&(struct finder){
			.arena = arena,
			.root = root,
			.table = table,
			.state = state,
			.lookup = lookup,
		});
	live->mount_lookup = lookup;
}
