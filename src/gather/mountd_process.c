#include "mountd_process.h"

#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

#include "process_names.h"

enum {
	SOCKETS_MAX = 8,      /* that share a port */
	WRITING_SECONDS = 10, /* that exportfs takes at most */
};

struct search {
	struct arena *arena;
	struct stat etab;
	uint64_t sockets[SOCKETS_MAX]; /* inodes */
	unsigned socket_count;
	struct mountd_view *view;
};

/* What the open files of a process say. */
struct process_files {
	bool readable, answers;
	const char *etab; /* path of the one that it has open, or NULL */
	bool is_ours;	  /* that is the one to compare with */
};

static void add_sockets(struct search *search, const struct socket_table *table,
			uint32_t state, uint16_t port)
{
	for (size_t i = 0; table && i < table->list.count; i++) {
		const struct socket_entry *entry = &table->list.items[i];

		if (entry->local_port == port && entry->state == state &&
		    entry->inode && search->socket_count < SOCKETS_MAX)
			search->sockets[search->socket_count++] = entry->inode;
	}
}

static bool is_socket(const struct search *search, const char *target)
{
	char text[sizeof("socket:[18446744073709551615]")];

	for (unsigned i = 0; i < search->socket_count; i++) {
		snprintf(text, sizeof(text), "socket:[%ju]",
			 (uintmax_t)search->sockets[i]);
		if (strcmp(target, text) == 0)
			return true;
	}
	return false;
}

/* Cuts what the kernel says of a file that has been replaced. */
static struct str without_mark(struct str path)
{
	static const char mark[] = " (deleted)";
	size_t length = sizeof(mark) - 1;

	if (path.length > length &&
	    memcmp(path.data + path.length - length, mark, length) == 0)
		path.length -= length;
	return path;
}

static bool is_etab(struct str path)
{
	struct str end = STR("/etab");

	return path.length > end.length &&
	       str_equal(str_skip(path, path.length - end.length), end);
}

static void take_file(const struct search *search, int folder, const char *name,
		      struct process_files *files)
{
	char target[PATH_MAX];
	ssize_t length = readlinkat(folder, name, target, sizeof(target) - 1);
	struct str path;
	struct stat state;

	if (length < 0)
		return;
	target[length] = '\0';
	files->answers |= is_socket(search, target);
	path = without_mark(str_of(target));
	if (!is_etab(path) || fstatat(folder, name, &state, 0) != 0)
		return;
	files->etab = arena_copy(search->arena, path.data, path.length);
	files->is_ours = state.st_dev == search->etab.st_dev &&
			 state.st_ino == search->etab.st_ino;
}

static struct process_files look_at_files(const struct search *search,
					  const struct process_name *process)
{
	DIR *folder =
		opendir(arena_printf(search->arena, "%s/fd", process->folder));
	struct process_files files = { .readable = folder != NULL };
	const struct dirent *entry;

	while (folder && (entry = readdir(folder)))
		take_file(search, dirfd(folder), entry->d_name, &files);
	if (folder)
		closedir(folder);
	return files;
}

/* Does the process see other mounts? A path of its then says little here. */
static bool is_elsewhere(const struct search *search,
			 const struct process_name *process)
{
	const char *its =
		arena_printf(search->arena, "%s/ns/mnt", process->folder);
	struct stat here, there;

	return stat("/proc/self/ns/mnt", &here) == 0 &&
	       stat(its, &there) == 0 &&
	       (here.st_dev != there.st_dev || here.st_ino != there.st_ino);
}

/* One process that is called mountd; there may be several, of other networks,
 * or of one with --num-threads. True: this is enough. */
static bool take_mountd(struct search *search,
			const struct process_name *process)
{
	struct process_files files = look_at_files(search, process);
	struct mountd_view *view = search->view;

	if (files.readable && !files.answers)
		return false;
	view->process = MOUNTD_UNSEEN;
	if (!files.etab)
		return false;
	view->process =
		files.is_ours ? MOUNTD_READS_ETAB : MOUNTD_READS_ANOTHER;
	view->reads = files.etab;
	view->elsewhere = is_elsewhere(search, process);
	return true;
}

static void find_mountd(struct search *search,
			const struct process_names *processes)
{
	search->view->process = MOUNTD_ABSENT;
	for (size_t i = 0; i < processes->list.count; i++)
		if (str_is(processes->list.items[i].name, "rpc.mountd") &&
		    take_mountd(search, &processes->list.items[i]))
			return;
}

/* Who answers, if it is not mountd. */
static void find_program(struct search *search,
			 const struct process_names *processes)
{
	for (size_t i = 0; i < processes->list.count; i++) {
		const struct process_name *process = &processes->list.items[i];

		if (!look_at_files(search, process).answers)
			continue;
		search->view->program =
			arena_copy(search->arena, process->name.data,
				   process->name.length);
		return;
	}
}

/* Is /proc that of all processes? With hidepid= it shows our own only. */
static bool shows_all(void)
{
	return access("/proc/1/comm", R_OK) == 0;
}

/* exportfs makes another file each time. Not all file systems know when. */
static bool is_edited(const char *path)
{
	unsigned wanted = STATX_BTIME | STATX_MTIME;
	struct statx times;

	return statx(AT_FDCWD, path, 0, wanted, &times) == 0 &&
	       (times.stx_mask & wanted) == wanted &&
	       times.stx_mtime.tv_sec - times.stx_btime.tv_sec >
		       WRITING_SECONDS;
}

void mountd_process_look(struct arena *arena, const struct root *host,
			 const struct live_state *live, uint16_t port,
			 const char *etab, struct mountd_view *view)
{
	struct search search = { .arena = arena, .view = view };
	struct process_names processes;

	view->process = MOUNTD_UNSEEN;
	view->edited = is_edited(etab);
	add_sockets(&search, live->tcp, SOCKET_LISTEN, port);
	if (!search.socket_count)
		add_sockets(&search, live->udp, SOCKET_UDP, port);
	if (!search.socket_count || !shows_all() ||
	    stat(etab, &search.etab) != 0)
		return;
	process_names_gather(arena, host, &processes);
	find_mountd(&search, &processes);
	if (view->process == MOUNTD_ABSENT)
		find_program(&search, &processes);
}
