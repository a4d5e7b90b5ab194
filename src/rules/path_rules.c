#include "path_rules.h"

#include "entry_words.h"

const struct local_path *path_local(const struct rule_run *run,
				    const struct export_entry *entry)
{
	const struct local_path *path;

	if (!run->local || !run->local->paths || entry->path == UINT32_MAX)
		return NULL;
	path = &run->local->paths->items[entry->path];
	return path->known ? path : NULL;
}

const struct mountinfo_mount *path_mount(const struct rule_run *run,
					 const struct export_entry *entry)
{
	const struct local_path *path = path_local(run, entry);

	return path ? path->mount : NULL;
}

struct str path_of(const struct rule_run *run, const struct export_entry *entry)
{
	return export_table_path(run->table, entry->path);
}

const char *weak_directory_who(struct arena *arena,
			       const struct weak_directory *weak)
{
	return weak->uid ? arena_printf(arena, "uid %u", (unsigned)weak->uid)
			 : "others than root";
}

const char *weak_directory_why(const struct weak_directory *weak)
{
	return weak->uid ? "is his" : "is writable for them";
}

struct span path_span(const struct rule_run *run,
		      const struct export_entry *entry)
{
	return exports_token_span(export_table_syntax(run->table, entry),
				  entry_line(run->table, entry)->path_token);
}

bool path_is_mount_point(const struct rule_run *run,
			 const struct export_entry *entry)
{
	return path_mount(run, entry) &&
	       local_paths_is_mount_point(run->local->paths,
					  path_of(run, entry));
}

bool mounts_share_file_system(const struct mountinfo_mount *a,
			      const struct mountinfo_mount *b)
{
	return a->major == b->major && a->minor == b->minor;
}

struct finding *path_only(struct finding *finding)
{
	finding->client = STR("");
	finding->client_span = (struct span){ 0 };
	return finding;
}
