#include "file_system_reach.h"

static bool meets(struct rule_run *run, const struct export_entry *entry)
{
	return file_system_reach_of(run, entry) == REACH_REST;
}

static void check_line(struct rule_run *run, const struct client_group *group)
{
	const struct export_entry *entry = group->entry;
	path_report(run, entry,
		    "a client that makes up file handles reaches all of the "
		    "file system at %.*s, not only %.*s",
		    STR_ARG(path_mount(run, entry)->point),
		    STR_ARG(path_of(run, entry)));
}

static void check(struct rule_run *run)
{
	lines_each(run, meets, check_line);
}

const struct rule rule_subdirectory_export = {
	.slug = "subdirectory-export",
	.severity = SEVERITY_INFO,
	.needs = NEEDS_FILES,
	.traits = TRAIT_ALL,
	.summary = "a directory is exported that is not a whole file system",
	.rationale =
		"A file handle names a file of a file system, not of a "
		"directory. A client that makes up file handles gets to the "
		"rest of the file system, past the exported directory.",
	.remedy = "Give exports file systems of their own; or add "
		  "subtree_check, or sign_fh where server and nfs-utils know "
		  "it.",
	.bad = "/srv/disk/public 10.1.0.0/24(rw)\n",
	.good = "/srv/disk 10.1.0.0/24(rw,mountpoint)\n",
	.references =
		(const char *const[]){ "exports(5), Subdirectory Exports",
				       "CWE-340: Generation of Predictable "
				       "Numbers or Identifiers",
				       NULL },
	.check_table = check,
};
