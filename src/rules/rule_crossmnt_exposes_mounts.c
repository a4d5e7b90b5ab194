#include "path_rules.h"

/* Mounts that are named in a message. */
enum { SHOWN = 3 };

/* Mounts without files of their own. */
static bool is_virtual(const struct mountinfo_mount *mount)
{
	static const char *const types[] = { "autofs",	  "cgroup",  "cgroup2",
					     "devpts",	  "proc",    "sysfs",
					     "nfsd",	  "tracefs", "debugfs",
					     "rpc_pipefs" };

	for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++)
		if (str_is(mount->type, types[i]))
			return true;
	return false;
}

static bool is_exported(const struct rule_run *run, struct str path)
{
	uint32_t number =
		text_set_find(&run->table->input.lookups->paths, path);

	for (size_t i = 0;
	     number != UINT32_MAX && i < run->table->entries.count; i++)
		if (run->table->entries.items[i].path == number &&
		    run->table->entries.items[i].state == EXPORT_LOADED)
			return true;
	return false;
}

/* The mounts below a path that have no entry, as a text; NULL if there are
 * none. */
static const char *find_exposed(const struct rule_run *run, struct str path)
{
	const struct mountinfo *mounts = &run->local->paths->mounts;
	const char *text = NULL;
	size_t count = 0;

	for (size_t i = 0; i < mounts->list.count; i++) {
		const struct mountinfo_mount *mount = &mounts->list.items[i];

		if (!local_path_is_below(mount->point, path) ||
		    is_virtual(mount) || is_exported(run, mount->point))
			continue;
		if (++count <= SHOWN)
			text = arena_printf(run->arena, "%s%s%.*s",
					    text ? text : "", text ? ", " : "",
					    STR_ARG(mount->point));
	}
	return count > SHOWN ? arena_printf(run->arena, "%s and %zu more", text,
					    count - SHOWN)
			     : text;
}

static bool meets(struct rule_run *run, const struct export_entry *entry)
{
	return rule_policy(run, entry)->flags & EXPORT_CROSSMOUNT &&
	       path_mount(run, entry);
}

static void check_line(struct rule_run *run, const struct client_group *group)
{
	const struct export_entry *entry = group->entry;
	const char *exposed = find_exposed(run, path_of(run, entry));

	if (exposed)
		rule_report(run, entry,
			    export_entry_option_span(run->arena, run->table,
						     entry, OPTION_CROSSMNT),
			    "%s also gets %s, which are mounted below %.*s "
			    "and have no entry",
			    client_group_text(run, group), exposed,
			    STR_ARG(path_of(run, entry)));
}

static void check(struct rule_run *run)
{
	lines_each(run, meets, check_line);
}

const struct rule rule_crossmnt_exposes_mounts = {
	.slug = "crossmnt-exposes-mounts",
	.severity = SEVERITY_MEDIUM,
	.needs = NEEDS_FILES,
	.summary = "crossmnt exports file systems that nobody named",
	.rationale =
		"With crossmnt everything that is mounted below the export, "
		"now or later, is exported with the same options: a USB disk, "
		"a backup, a container.",
	.remedy = "Name the file systems that clients need, each with an entry "
		  "of its own, and delete crossmnt.",
	.bad = "/srv 10.1.0.0/24(rw,crossmnt)\n",
	.good = "/srv 10.1.0.0/24(rw)\n/srv/disk 10.1.0.0/24(rw,mountpoint)\n",
	.references = (const char *const[]){ "exports(5), crossmnt", NULL },
	.check_table = check,
};
