#include "file_system_reach.h"

static bool meets(struct rule_run *run, const struct export_entry *entry)
{
	return file_system_reach_of(run, entry) == REACH_SYSTEM;
}

static void check_line(struct rule_run *run, const struct client_group *group)
{
	const struct export_entry *entry = group->entry;
	path_report(run, entry,
		    "%.*s is on the file system of /etc or /boot, which a "
		    "client that makes up file handles reaches as well",
		    STR_ARG(path_of(run, entry)));
}

static void check(struct rule_run *run)
{
	lines_each(run, meets, check_line);
}

const struct rule rule_system_partition_export = {
	.slug = "system-partition-export",
	.severity = SEVERITY_INFO,
	.needs = NEEDS_FILES,
	.traits = TRAIT_ALL,
	.summary = "an export shares its file system with the system itself",
	.rationale =
		"A file handle names a file of a file system, not of a "
		"directory. A client that makes up file handles gets from the "
		"export to /etc on the same file system, and reads there what "
		"its user number may read.",
	.remedy = "Give exports a file system of their own; or add "
		  "subtree_check, or sign_fh where server and nfs-utils know "
		  "it.",
	.bad = "/srv/data 10.1.0.0/24(rw)\n",
	.good = "/srv/disk 10.1.0.0/24(rw,mountpoint)\n",
	.references =
		(const char *const[]){ "exports(5), Subdirectory Exports",
				       "CWE-340: Generation of Predictable "
				       "Numbers or Identifiers",
				       NULL },
	.check_table = check,
};
