#include "live_facts.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "folder_list.h"
#include "load_order.h"
#include "local_server.h"
#include "nfsd_clients.h"
#include "small_file.h"

/* Of a proc file or a table of mountd; a busy server's stay far below. */
#define LIVE_FILE_MAX ((size_t)256 << 20)

struct reader {
	struct arena *arena;
	const struct root *root;
	struct local_state *state;
	struct live_state *live;
};

static void note_unchecked(struct reader *reader, const char *path, int error)
{
	*ARRAY_ADD(reader->arena,
		   &reader->live->unchecked) = (struct unchecked_fact){
		.what = arena_printf(reader->arena, "%s", path),
		.why = arena_printf(reader->arena, "%s", strerror(error)),
	};
}

/* The text of a file that a running server has. */
static bool read_text(struct reader *reader, const char *path, struct str *text)
{
	int error = small_file_read(reader->arena, reader->root, path,
				    LIVE_FILE_MAX, text);

	if (error)
		note_unchecked(reader, path, error);
	return !error;
}

static const char *state_path(struct reader *reader, const char *name)
{
	return arena_printf(reader->arena, "%s/%s",
			    reader->state->server->state_folder, name);
}

static uint32_t add_source(struct reader *reader, const char *path,
			   struct str text)
{
	*ARRAY_ADD(reader->arena, &reader->state->sources) =
		(struct source){ .name = path, .text = text };
	return (uint32_t)reader->state->sources.count - 1;
}

/* Of the last change, in nanoseconds since 1970. */
struct change {
	int64_t of_text;   /* st_mtim, which a copy or a move keeps */
	int64_t of_status; /* st_ctim: also of name, owner and mode */
};

static int64_t nanoseconds(struct timespec time)
{
	return time.tv_sec * INT64_C(1000000000) + time.tv_nsec;
}

static int64_t later(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

static void add_change(struct reader *reader, const char *path, int flags,
		       struct change *newest)
{
	int fd = root_open_file(reader->root, path, O_PATH | flags);
	struct stat state;

	if (fd < 0)
		return;
	if (fstat(fd, &state) == 0) {
		newest->of_text =
			later(newest->of_text, nanoseconds(state.st_mtim));
		newest->of_status =
			later(newest->of_status, nanoseconds(state.st_ctim));
	}
	close(fd);
}

static void add_exports_file(struct reader *reader, const char *path,
			     struct change *newest)
{
	add_change(reader, path, 0, newest);
	add_change(reader, path, O_NOFOLLOW, newest); /* a link, perhaps */
}

/* Of the exports files; their folder tells of one that is gone. */
static struct change files_changed(struct reader *reader)
{
	static const char folder[] = "/etc/exports.d";
	struct change newest = { 0 };
	struct folder_list list;

	add_exports_file(reader, "/etc/exports", &newest);
	add_exports_file(reader, folder, &newest);
	(void)folder_list_read(reader->arena, reader->root, folder, &list);
	for (size_t i = 0; i < list.entries.count; i++)
		if (load_order_counts(list.entries.items[i].name))
			add_exports_file(reader, list.entries.items[i].path,
					 &newest);
	return newest;
}

/* The times of status are those of the copy in a tree that is one. */
static enum etab_age etab_age(struct reader *reader, const char *path)
{
	struct change files = files_changed(reader);
	struct change etab = { 0 };

	add_change(reader, path, 0, &etab);
	if (files.of_text > etab.of_text)
		return ETAB_OUTDATED;
	return reader->root->is_host && files.of_status > etab.of_status
		       ? ETAB_MAYBE_OUTDATED
		       : ETAB_CURRENT;
}

static void read_etab(struct reader *reader)
{
	const char *path = state_path(reader, "etab");
	struct live_etab *etab;
	struct str text;

	if (!read_text(reader, path, &text))
		return;
	etab = arena_alloc(reader->arena, sizeof(*etab));
	*etab = (struct live_etab){
		.source = add_source(reader, path, text),
		.text = text,
		.age = etab_age(reader, path),
	};
	reader->live->etab = etab;
}

static void read_rmtab(struct reader *reader)
{
	const char *path = state_path(reader, "rmtab");
	struct rmtab *rmtab;
	struct str text;

	if (!read_text(reader, path, &text))
		return;
	rmtab = arena_alloc(reader->arena, sizeof(*rmtab));
	rmtab_parse(reader->arena, text, rmtab);
	reader->live->rmtab_source = add_source(reader, path, text);
	reader->live->rmtab = rmtab;
}

static void read_caches(struct reader *reader)
{
	struct live_state *live = reader->live;
	struct kernel_exports *exports;
	struct kernel_clients *clients;
	struct str text;

	if (read_text(reader, "/proc/net/rpc/nfsd.export/content", &text)) {
		exports = arena_alloc(reader->arena, sizeof(*exports));
		kernel_exports_parse(reader->arena, text, exports);
		live->kernel_exports = exports;
	}
	if (read_text(reader, "/proc/net/rpc/auth.unix.ip/content", &text)) {
		clients = arena_alloc(reader->arena, sizeof(*clients));
		kernel_clients_parse(reader->arena, text, clients);
		live->kernel_clients = clients;
	}
}

static void read_settings(struct reader *reader)
{
	struct live_state *live = reader->live;
	struct nfsd_versions *versions;
	struct nfsd_ports *ports;
	uint32_t *threads = arena_alloc(reader->arena, sizeof(*threads));
	struct str text;

	if (read_text(reader, "/proc/fs/nfsd/versions", &text)) {
		versions = arena_alloc(reader->arena, sizeof(*versions));
		*versions = nfsd_versions_parse(text);
		live->versions = versions;
	}
	if (read_text(reader, "/proc/fs/nfsd/portlist", &text)) {
		ports = arena_alloc(reader->arena, sizeof(*ports));
		nfsd_ports_parse(reader->arena, text, ports);
		live->ports = ports;
	}
	if (read_text(reader, "/proc/fs/nfsd/threads", &text) &&
	    nfsd_number_parse(text, threads))
		live->threads = threads;
}

static void read_nfs4_clients(struct reader *reader)
{
	struct nfsd_clients *clients =
		arena_alloc(reader->arena, sizeof(*clients));
	int error = nfsd_clients_gather(reader->arena, reader->root, clients);

	if (error)
		note_unchecked(reader, "/proc/fs/nfsd/clients", error);
	else
		reader->live->nfs4_clients = clients;
}

/* IPv6 may be off, which is no reason to know nothing of IPv4. */
static const struct socket_table *read_sockets(struct reader *reader,
					       const char *v4, const char *v6)
{
	struct socket_table *sockets;
	struct str text;

	if (!read_text(reader, v4, &text))
		return NULL;
	sockets = arena_alloc(reader->arena, sizeof(*sockets));
	socket_table_parse(reader->arena, text, sockets);
	if (!small_file_read(reader->arena, reader->root, v6, LIVE_FILE_MAX,
			     &text))
		socket_table_parse(reader->arena, text, sockets);
	return sockets;
}

struct live_state *live_facts_gather(struct arena *arena,
				     const struct root *root,
				     struct local_state *state)
{
	struct live_state *live = arena_alloc(arena, sizeof(*live));
	struct reader reader = {
		.arena = arena,
		.root = root,
		.state = state,
		.live = live,
	};

	read_etab(&reader);
	read_rmtab(&reader);
	read_caches(&reader);
	read_settings(&reader);
	read_nfs4_clients(&reader);
	live->tcp = read_sockets(&reader, "/proc/net/tcp", "/proc/net/tcp6");
	live->udp = read_sockets(&reader, "/proc/net/udp", "/proc/net/udp6");
	return live;
}
