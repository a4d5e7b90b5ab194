#include "server_facts.h"

#include <dirent.h>

#include "boot_order_gather.h"
#include "config_files.h"
#include "exports_strays.h"
#include "folder_list.h"
#include "guarded_files.h"
#include "host_facts.h"
#include "load_order.h"
#include "nobody_mapping.h"
#include "powerful_ids.h"

/* The first of them makes every exportfs end with status 1. */
static void find_config_strays(struct arena *arena, const struct root *root,
			       struct local_state *state,
			       struct local_server *server)
{
	struct folder_list list;

	(void)folder_list_read(arena, root, "/etc/nfs.conf.d", &list);
	for (size_t i = 0; i < list.entries.count; i++) {
		const struct folder_entry *entry = &list.entries.items[i];

		if (config_files_counts(entry->name) || entry->name[0] == '.' ||
		    (entry->type != DT_REG && entry->type != DT_LNK))
			continue;
		ARRAY_ADD(arena, &server->nfs_conf_strays)->source =
			(uint32_t)state->sources.count;
		*ARRAY_ADD(arena, &state->sources) =
			(struct source){ .name = entry->path, .text = STR("") };
	}
}

static void guard_exports(struct guarded_reader *reader,
			  struct guarded_files *files)
{
	struct folder_list list;

	guarded_files_add(reader, "/etc/exports", files);
	guarded_files_add(reader, "/etc/exports.d", files);
	(void)folder_list_read(reader->arena, reader->root, "/etc/exports.d",
			       &list);
	for (size_t i = 0; i < list.entries.count; i++)
		if (load_order_counts(list.entries.items[i].name))
			guarded_files_add(reader, list.entries.items[i].path,
					  files);
}

/* exportfs takes the folder from mountd's section, else from exportd's. */
static const char *find_state_folder(struct arena *arena,
				     const struct server_config *config)
{
	static const char *const sections[] = { "mountd", "exportd" };

	for (size_t i = 0; config && i < sizeof(sections) / sizeof(*sections);
	     i++) {
		struct str value = server_config_value(
			config, server_config_find(config, sections[i],
						   "state-directory-path"));

		if (value.data && value.data[0] == '/')
			return arena_copy(arena, value.data, value.length);
	}
	return "/var/lib/nfs";
}

static void guard_state(struct guarded_reader *reader, const char *folder,
			struct guarded_files *files)
{
	static const char *const names[] = { "etab", "rmtab" };

	guarded_files_add(reader, folder, files);
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		guarded_files_add(
			reader,
			arena_printf(reader->arena, "%s/%s", folder, names[i]),
			files);
}

const struct local_server *server_facts_gather(struct arena *arena,
					       const struct root *root,
					       version_number nfs_utils,
					       struct local_state *state)
{
	struct local_server *server = arena_alloc(arena, sizeof(*server));
	struct guarded_reader reader = {
		.arena = arena,
		.root = root,
		.state = state,
		.names = owner_names_new(arena, root, false),
	};

	server->root_uid = root->owner_uid;
	server->root_gid = root->owner_gid;
	server->nfs_conf =
		config_files_read(arena, root, nfs_utils, "nfs.conf", state);
	server->idmapd_conf =
		config_files_read(arena, root, nfs_utils, "idmapd.conf", state);
	find_config_strays(arena, root, state, server);
	guard_exports(&reader, &server->exports);
	server->state_folder = find_state_folder(arena, server->nfs_conf);
	guard_state(&reader, server->state_folder, &server->state);
	exports_strays_gather(arena, root, state, server);
	host_facts_gather(arena, root, state, server);
	server->boot = boot_order_gather(arena, root, state);
	powerful_ids_gather(arena, root, server);
	if (server->idmapd_conf)
		nobody_mapping_gather(arena, root, server);
	return server;
}
