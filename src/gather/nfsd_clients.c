#include "nfsd_clients.h"

#include "folder_list.h"
#include "small_file.h"

/* A page is what the kernel writes. */
enum { INFO_MAX_BYTES = 64 * 1024 };

int nfsd_clients_gather(struct arena *arena, const struct root *root,
			struct nfsd_clients *clients)
{
	struct folder_list folders;
	int error = folder_list_read(arena, root, "/proc/fs/nfsd/clients",
				     &folders);

	*clients = (struct nfsd_clients){ 0 };
	for (size_t i = 0; i < folders.entries.count; i++) {
		const char *path = arena_printf(arena, "%s/info",
						folders.entries.items[i].path);
		struct nfsd_client client;
		struct str text;

		/* one that leaves meanwhile has no file any more */
		if (small_file_read(arena, root, path, INFO_MAX_BYTES, &text))
			continue;
		if (nfsd_client_parse(text, &client))
			*ARRAY_ADD(arena, &clients->list) = client;
	}
	return error;
}
