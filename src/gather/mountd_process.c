#include "mountd_process.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

struct search {
	struct arena *arena;
	struct stat etab, network;
	struct mountd_view *view;
};

/* "/proc/1234/name" in path. */
enum { PROC_PATH_MAX = 64 };

static const char *proc_path(char path[PROC_PATH_MAX], long pid,
			     const char *name)
{
	snprintf(path, PROC_PATH_MAX, "/proc/%ld/%s", pid, name);
	return path;
}

static bool is_mountd(long pid)
{
	static const char wanted[] = "rpc.mountd\n";
	char path[PROC_PATH_MAX], name[sizeof(wanted)];
	FILE *file = fopen(proc_path(path, pid, "comm"), "re");
	size_t length;

	if (!file)
		return false;
	length = fread(name, 1, sizeof(name), file);
	fclose(file);
	return length == sizeof(wanted) - 1 &&
	       memcmp(name, wanted, length) == 0;
}

/* One of another network, like a container's, is not asked. Where nobody may
 * look it is taken for ours. */
static bool is_in_our_network(const struct search *search, long pid)
{
	char path[PROC_PATH_MAX];
	struct stat network;

	return stat(proc_path(path, pid, "ns/net"), &network) != 0 ||
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
static bool take_process(struct search *search, long pid)
{
	char path[PROC_PATH_MAX];
	DIR *files = opendir(proc_path(path, pid, "fd"));
	const struct dirent *entry;
	bool found = false;

	while (files && !found && (entry = readdir(files)))
		found = take_file(search, dirfd(files), entry->d_name);
	if (files)
		closedir(files);
	return found;
}

static void search_processes(struct search *search, DIR *processes)
{
	const struct dirent *entry;
	char *end;

	search->view->process = MOUNTD_ABSENT;
	while ((entry = readdir(processes))) {
		long pid = strtol(entry->d_name, &end, 10);

		if (*end || !is_mountd(pid) || !is_in_our_network(search, pid))
			continue;
		search->view->process = MOUNTD_UNSEEN;
		if (take_process(search, pid))
			return;
	}
}

/* Is /proc that of all processes? With hidepid= it shows our own only. */
static bool shows_all(void)
{
	return access("/proc/1/comm", R_OK) == 0;
}

void mountd_process_look(struct arena *arena, const char *etab,
			 struct mountd_view *view)
{
	struct search search = { .arena = arena, .view = view };
	DIR *processes;

	view->process = MOUNTD_UNSEEN;
	if (!shows_all() || stat(etab, &search.etab) != 0 ||
	    stat("/proc/self/ns/net", &search.network) != 0)
		return;
	processes = opendir("/proc");
	if (!processes)
		return;
	search_processes(&search, processes);
	closedir(processes);
}
