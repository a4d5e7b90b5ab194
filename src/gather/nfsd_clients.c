#include "nfsd_clients.h"

#include "folder_list.h"
#include "small_file.h"

/* Info is about a page; states have a line for each file that the client holds
 * open. */
enum { INFO_MAX_BYTES = 64 * 1024, STATES_MAX_BYTES = 64 << 20 };

/* What the client holds; its text is not kept. */
static void read_states(const struct root *root, const char *folder,
			struct nfsd_client *client)
{
	struct arena *arena = arena_new();
	const char *path = arena_printf(arena, "%s/states", folder);
	struct str text;

	if (!small_file_read(arena, root, path, STATES_MAX_BYTES, &text))
		nfsd_states_parse(text, client);
	arena_free(arena);
}

int nfsd_clients_gather(struct arena *arena, const struct root *root,
			struct nfsd_clients *clients)
{
	struct folder_list folders;
	int error = folder_list_read(arena, root, "/proc/fs/nfsd/clients",
				     &folders);

	*clients = (struct nfsd_clients){ 0 };
	for (size_t i = 0; i < folders.entries.count; i++) {
		const char *folder = folders.entries.items[i].path;
		const char *path = arena_printf(arena, "%s/info", folder);
		struct nfsd_client client;
		struct str text;

		/* one that leaves meanwhile has no file any more */
		if (small_file_read(arena, root, path, INFO_MAX_BYTES, &text))
			continue;
		if (!nfsd_client_parse(text, &client))
			continue;
		read_states(root, folder, &client);
		*ARRAY_ADD(arena, &clients->list) = client;
	}
	return error;
}
