#include "server_rules.h"

#include <sys/stat.h>

static bool exports_something(const struct rule_run *run)
{
	for (size_t i = 0; i < run->table->entries.count; i++)
		if (run->table->entries.items[i].state == EXPORT_LOADED)
			return true;
	return false;
}

const struct server_config *server_rules_config(const struct rule_run *run)
{
	return exports_something(run) ? run->local->server->nfs_conf : NULL;
}

struct local_place server_rules_place(const struct server_config *config,
				      const char *section, const char *key)
{
	const struct config_setting *setting =
		server_config_find(config, section, key);

	if (!setting)
		return (struct local_place){ .source = config->source };
	return (struct local_place){
		.source = setting->source,
		.span = { setting->span.begin, setting->value_span.end },
	};
}

static const char *describe(const struct rule_run *run, const char *kind,
			    const char *name, uint32_t id)
{
	if (name)
		return arena_printf(run->arena, "%s %s", kind, name);
	return arena_printf(run->arena, "%s %u", kind, id);
}

const char *guarded_file_owner(const struct rule_run *run,
			       const struct guarded_file *file)
{
	if (file->uid == 0 || file->uid == run->local->server->root_uid)
		return NULL;
	return describe(run, "user", file->user, file->uid);
}

const char *guarded_file_writer(const struct rule_run *run,
				const struct guarded_file *file)
{
	/* In a sticky folder nobody can move what belongs to another one. */
	if (file->is_parent && file->mode & S_ISVTX)
		return NULL;
	if (file->mode & S_IWOTH)
		return "everybody on this host";
	if (file->list_writer)
		return file->list_writer;
	if (file->mode & S_IWGRP && file->gid != 0 &&
	    file->gid != run->local->server->root_gid)
		return describe(run, "group", file->group, file->gid);
	return NULL;
}

bool keytab_is_useless(const struct local_server *server)
{
	return server->keytab == KEYTAB_MISSING ||
	       server->keytab == KEYTAB_WITHOUT_NFS;
}
