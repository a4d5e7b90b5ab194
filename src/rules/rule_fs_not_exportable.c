#include "path_rules.h"

/* File systems without export operations. */
static const char *const types[] = {
	"9p",	      "autofs",	    "binfmt_misc", "bpf",     "configfs",
	"debugfs",    "devpts",	    "efivarfs",	   "fusectl", "hugetlbfs",
	"mqueue",     "nfsd",	    "proc",	   "pstore",  "ramfs",
	"rpc_pipefs", "securityfs", "sysfs",	   "tracefs", "vboxsf",
};

static bool is_exportable(const struct mountinfo_mount *mount)
{
	if (str_is(mount->type, "overlay"))
		return mountinfo_has_option(mount->super_options,
					    "nfs_export=on");
	for (size_t i = 0; i < sizeof(types) / sizeof(*types); i++)
		if (str_is(mount->type, types[i]))
			return false;
	return true;
}

static bool meets(struct rule_run *run, const struct export_entry *entry)
{
	const struct mountinfo_mount *mount = path_mount(run, entry);

	return mount && !is_exportable(mount);
}

static void check_line(struct rule_run *run, const struct client_group *group)
{
	const struct export_entry *entry = group->entry;
	path_report(run, entry,
		    "clients can't mount %.*s: its file system, %.*s, can't be "
		    "exported",
		    STR_ARG(path_of(run, entry)),
		    STR_ARG(path_mount(run, entry)->type));
}

static void check(struct rule_run *run)
{
	lines_each(run, meets, check_line);
}

const struct rule rule_fs_not_exportable = {
	.slug = "fs-not-exportable",
	.severity = SEVERITY_HIGH,
	.needs = NEEDS_FILES,
	.traits = TRAIT_ALL,
	.summary = "a path on a file system that the kernel does not export",
	.rationale =
		"The file system has no file handles that outlive a restart. "
		"exportfs accepts the entry, but every mount of it fails; if "
		"it is / that is affected, all NFSv4 mounts fail.",
	.remedy = "Export a directory of a disk file system. Of overlayfs, one "
		  "that is mounted with index=on,nfs_export=on.",
	.bad = "/run/user 10.1.0.0/24(ro)\n",
	.good = "/srv/data 10.1.0.0/24(ro)\n",
	.references =
		(const char *const[]){
			"exports(5), fsid=",
			"kernel: Documentation/filesystems/nfs/exporting.rst",
			NULL },
	.check_table = check,
};
