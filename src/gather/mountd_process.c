#include "mountd_process.h"

#include <dirent.h>
#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

#include "process_names.h"

struct search {
	struct arena *arena;
	struct stat etab, network;
	struct mountd_view *view;
};

/* One of another network, like a container's, is not asked. Where nobody may
 * look it is taken for ours. */
static bool is_in_our_network(const struct search *search, const char *folder)
{
	const char *path = arena_printf(search->arena, "%s/ns/net", folder);
	struct stat network;

	return stat(path, &network) != 0 ||
	       (network.st_dev == search->network.st_dev &&
		network.st_ino == search->network.st_ino);
}

/* The path of an open file, if it is an etab; it may have been replaced. */
static const char *etab_path(struct search *search, int folder,
			     const char *name)
{
	static const char deleted[] = " (deleted)", wanted[] = "/etab";
	char target[PATH_MAX];
	ssize_t length = readlinkat(folder, name, target, sizeof(target));
	struct str path = { target, length > 0 ? (size_t)length : 0 };
	size_t cut = strlen(deleted), end = strlen(wanted);

	if (path.length > cut &&
	    memcmp(path.data + path.length - cut, deleted, cut) == 0)
		path.length -= cut;
	if (path.length < end ||
	    memcmp(path.data + path.length - end, wanted, end) != 0)
		return NULL;
	return arena_copy(search->arena, path.data, path.length);
}

static bool take_file(struct search *search, int folder, const char *name)
{
	const char *path = etab_path(search, folder, name);
	struct stat state;

	if (!path || fstatat(folder, name, &state, 0) != 0)
		return false;
	if (state.st_dev == search->etab.st_dev &&
	    state.st_ino == search->etab.st_ino) {
		search->view->process = MOUNTD_READS_ETAB;
		return true;
	}
	search->view->process = MOUNTD_READS_ANOTHER;
	search->view->reads = path;
	return true;
}

/* Has that process an etab open? The first of several threads' processes that
 * has one says it for all of them. */
static bool take_process(struct search *search, const char *folder)
{
	DIR *files = opendir(arena_printf(search->arena, "%s/fd", folder));
	const struct dirent *entry;
	bool found = false;

	while (files && !found && (entry = readdir(files)))
		found = take_file(search, dirfd(files), entry->d_name);
	if (files)
		closedir(files);
	return found;
}

static void search_processes(struct search *search,
			     const struct process_names *processes)
{
	search->view->process = MOUNTD_ABSENT;
	for (size_t i = 0; i < processes->list.count; i++) {
		const struct process_name *process = &processes->list.items[i];

		if (!str_is(process->name, "rpc.mountd") ||
		    !is_in_our_network(search, process->folder))
			continue;
		search->view->process = MOUNTD_UNSEEN;
		if (take_process(search, process->folder))
			return;
	}
}

/* With hidepid= only our own processes are shown. */
static bool shows_all(void)
{
	return access("/proc/1/comm", R_OK) == 0;
}

void mountd_process_look(struct arena *arena, const struct root *host,
			 const char *etab, struct mountd_view *view)
{
	struct search search = { .arena = arena, .view = view };
	struct process_names processes;

	view->process = MOUNTD_UNSEEN;
	if (!shows_all() || stat(etab, &search.etab) != 0 ||
	    stat("/proc/self/ns/net", &search.network) != 0)
		return;
	process_names_gather(arena, host, &processes);
	search_processes(&search, &processes);
}
