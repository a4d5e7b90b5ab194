#include "client_overlap.h"
#include "client_reach.h"
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

/* Whose a mount is by the entries of its own. */
enum owners { OWNERS_NONE, OWNERS_OTHERS, OWNERS_THESE };

static enum owners owners_of(const struct rule_run *run,
			     const struct export_client *client,
			     struct str path)
{
	uint32_t number =
		text_set_find(&run->table->input.lookups->paths, path);
	enum owners owners = OWNERS_NONE;

	for (size_t i = 0;
	     number != UINT32_MAX && i < run->table->entries.count; i++) {
		const struct export_entry *entry =
			&run->table->entries.items[i];

		if (entry->path != number || entry->state != EXPORT_LOADED)
			continue;
		if (client_may_cover(rule_client(run, entry), client))
			return OWNERS_THESE;
		owners = OWNERS_OTHERS;
	}
	return owners;
}

/* The mounts below an entry's path that have such owners, as a text; NULL if
 * there are none. */
static const char *find_exposed(const struct rule_run *run,
				const struct export_entry *entry,
				enum owners owners)
{
	const struct mountinfo *mounts = &run->local->paths->mounts;
	const struct export_client *client = rule_client(run, entry);
	const char *text = NULL;
	size_t count = 0;

	for (size_t i = 0; i < mounts->list.count; i++) {
		const struct mountinfo_mount *mount = &mounts->list.items[i];

		if (!local_path_is_below(mount->point, path_of(run, entry)) ||
		    is_virtual(mount) ||
		    owners_of(run, client, mount->point) != owners)
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

static void report(struct rule_run *run, const struct export_entry *entry,
		   const char *clients, const char *exposed, const char *why)
{
	rule_report(run, entry,
		    export_entry_option_span(run->arena, run->table, entry,
					     OPTION_CROSSMNT),
		    "%s also gets %s, mounted below %.*s%s", clients, exposed,
		    STR_ARG(path_of(run, entry)), why);
}

static void check_line(struct rule_run *run, const struct client_group *group)
{
	const struct export_entry *entry = group->entry;
	const char *exposed = find_exposed(run, entry, OWNERS_NONE);

	if (exposed)
		report(run, entry, client_group_text(run, group), exposed,
		       " without an entry");
	exposed = find_exposed(run, entry, OWNERS_OTHERS);
	if (exposed)
		report(run, entry,
		       client_reach_text(run->arena, rule_client(run, entry)),
		       exposed, ", whose own entries are for other clients");
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
		"a backup, a container. An entry of its own keeps nobody away "
		"from such a mount: whom it does not name gets it by the entry "
		"above.",
	.remedy = "Name the file systems that clients need, each with an entry "
		  "of its own, and delete crossmnt.",
	.bad = "/srv 10.1.0.0/24(rw,crossmnt)\n",
	.good = "/srv 10.1.0.0/24(rw)\n/srv/disk 10.1.0.0/24(rw,mountpoint)\n",
	.references = (const char *const[]){ "exports(5), crossmnt", NULL },
	.check_table = check,
};
