#include "live_daemons.h"

#include "ini_parser.h"
#include "process_names.h"
#include "small_file.h"

enum { TLSHD_CONFIG_MAX_BYTES = 1 << 20 };

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
	struct process_names processes;
	struct live_daemons *daemons;

	if (!live->threads || !*live->threads)
		return;
	process_names_gather(arena, root, &processes);
	if (!process_names_have(&processes, "nfsd")) {
		*ARRAY_ADD(arena, &live->unchecked) = (struct unchecked_fact){
			"the daemons for Kerberos and TLS",
			"the processes that serve NFS can't be seen",
		};
		return;
	}
	daemons = arena_alloc(arena, sizeof(*daemons));
	*daemons = (struct live_daemons){
		.gssproxy = process_names_have(&processes, "gssproxy"),
		.svcgssd = process_names_have(&processes, "rpc.svcgssd"),
		.tlshd = process_names_have(&processes, "tlshd"),
		.certificate = has_certificate(arena, root),
	};
	live->daemons = daemons;
}
