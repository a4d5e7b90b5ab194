#include "file_system_reach.h"
#include "path_rights.h"

/* The first export of a file system. */
struct file_system {
	const struct mountinfo_mount *mount;
	const struct path_group *first;
	bool told;
};

struct file_systems {
	ARRAY(struct file_system) list;
};

static struct file_system *find(struct rule_run *run,
				struct file_systems *systems,
				const struct mountinfo_mount *mount)
{
	struct file_system *system;

	for (size_t i = 0; i < systems->list.count; i++)
		if (mounts_share_file_system(systems->list.items[i].mount,
					     mount))
			return &systems->list.items[i];
	system = ARRAY_ADD(run->arena, &systems->list);
	system->mount = mount;
	return system;
}

static void compare(struct rule_run *run, struct file_system *system,
		    const struct path_group *group)
{
	const struct export_entry *entry = path_group_entry(run, group, 0);
	const struct export_entry *first =
		path_group_entry(run, system->first, 0);
	struct finding *finding;

	if (system->told ||
	    path_rights_of(run, system->first) == path_rights_of(run, group))
		return;
	system->told = true;
	finding = path_report(
		run, entry,
		"clients that make up file handles get from %.*s to %.*s and "
		"back, which give different rights and are both on the file "
		"system at %.*s",
		STR_ARG(path_of(run, first)), STR_ARG(path_of(run, entry)),
		STR_ARG(system->mount->point));
	rule_relate(run, finding, first, "on the same file system");
}

/* One finding for each file system: what is true of two exports is of all. */
static void check(struct rule_run *run)
{
	struct path_groups groups = path_groups_of(run);
	struct file_systems systems = { 0 };

	for (size_t i = 0; i < groups.count; i++) {
		const struct path_group *group = &groups.by_path[i];
		const struct export_entry *entry;
		struct file_system *system;

		if (!group->count)
			continue;
		entry = path_group_entry(run, group, 0);
		if (file_system_reach_of(run, entry) < REACH_REST)
			continue;
		system = find(run, &systems, path_mount(run, entry));
		if (!system->first)
			system->first = group;
		else
			compare(run, system, group);
	}
}

const struct rule rule_same_fs_mixed_policy = {
	.slug = "same-fs-mixed-policy",
	.severity = SEVERITY_INFO,
	.needs = NEEDS_FILES,
	.traits = TRAIT_ALL,
	.summary = "directories of one file system are exported with different "
		   "rights",
	.rationale =
		"A file handle names a file of a file system, not of a "
		"directory. A client of one export that makes up file handles "
		"reaches the files of the other one with the rights of its "
		"own.",
	.remedy = "Give exports with different rights file systems of their "
		  "own; or add subtree_check, or sign_fh where server and nfs- "
		  "utils know it.",
	.bad = "/srv/public *(ro)\n/srv/private 10.1.0.5(rw)\n",
	.good = "/srv/public *(ro,subtree_check)\n/srv/private "
		"10.1.0.5(rw,subtree_check)\n",
	.references =
		(const char *const[]){ "exports(5), Subdirectory Exports",
				       "CWE-340: Generation of Predictable "
				       "Numbers or Identifiers",
				       NULL },
	.check_table = check,
};
