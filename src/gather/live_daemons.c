#include "live_daemons.h"

#include "folder_list.h"
#include "ini_parser.h"
#include "small_file.h"

/* comm has 16 bytes. */
enum { COMM_MAX_BYTES = 4096, TLSHD_CONFIG_MAX_BYTES = 1 << 20 };

struct found {
	struct live_daemons daemons;
	bool nfsd; /* the kernel's own threads are among the processes */
};

static void add_process(struct found *found, struct str name)
{
	const struct {
		const char *name;
		bool *runs;
	} programs[] = {
		{ "nfsd", &found->nfsd },
		{ "gssproxy", &found->daemons.gssproxy },
		{ "rpc.svcgssd", &found->daemons.svcgssd },
		{ "tlshd", &found->daemons.tlshd },
	};

	for (size_t i = 0; i < sizeof(programs) / sizeof(*programs); i++)
		if (str_is(name, programs[i].name))
			*programs[i].runs = true;
}

/* A process that ends meanwhile has no file any more. */
static void look_at_processes(const struct root *root, struct found *found)
{
	struct arena *arena = arena_new();
	struct folder_list list;

	(void)folder_list_read(arena, root, "/proc", &list);
	for (size_t i = 0; i < list.entries.count; i++) {
		const struct folder_entry *entry = &list.entries.items[i];
		struct str text, name;

		if (entry->name[0] < '0' || entry->name[0] > '9' ||
		    small_file_read(arena, root,
				    arena_printf(arena, "%s/comm", entry->path),
				    COMM_MAX_BYTES, &text) != 0)
			continue;
		str_take(&text, '\n', &name);
		add_process(found, name);
	}
	arena_free(arena);
}

/* Has tlshd a certificate for servers? The second file is the older one. Where
 * none can be read, nothing is said. */
static bool has_certificate(struct arena *arena, const struct root *root)
{
	static const char *const paths[] = { "/etc/tlshd/config",
					     "/etc/tlshd.conf" };
	bool has = false, read = false;

	for (size_t i = 0; i < sizeof(paths) / sizeof(*paths); i++) {
		struct ini_file file;
		struct str text;

		if (small_file_read(arena, root, paths[i],
				    TLSHD_CONFIG_MAX_BYTES, &text) != 0)
			continue;
		read = true;
		ini_parse(arena, text, &file);
		has |= ini_find(&file, "authenticate.server",
				"x509.certificate") != NULL;
	}
	return has || !read;
}

/* In a container, or where processes of others are hidden, the daemons may run
 * unseen; so may the kernel's threads. */
void live_daemons_gather(struct arena *arena, const struct root *root,
			 struct live_state *live)
{
	struct found found = { 0 };
	struct live_daemons *daemons;

	if (!live->threads || !*live->threads)
		return;
	look_at_processes(root, &found);
	if (!found.nfsd) {
		*ARRAY_ADD(arena, &live->unchecked) = (struct unchecked_fact){
			"the daemons for Kerberos and TLS",
			"the processes that serve NFS can't be seen",
		};
		return;
	}
	daemons = arena_alloc(arena, sizeof(*daemons));
	*daemons = found.daemons;
	daemons->certificate = has_certificate(arena, root);
	live->daemons = daemons;
}
