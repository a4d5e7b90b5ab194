#include "path_rules.h"

/* File systems without a device and without a UUID. */
static bool lacks_identity(const struct mountinfo_mount *mount)
{
	return str_starts(mount->type, STR("fuse.")) ||
	       str_is(mount->type, "fuse") || str_is(mount->type, "nfs") ||
	       str_is(mount->type, "nfs4") || str_is(mount->type, "ceph") ||
	       (str_is(mount->type, "overlay") &&
		mountinfo_has_option(mount->super_options, "nfs_export=on"));
}

static bool meets(struct rule_run *run, const struct export_entry *entry)
{
	const struct export_policy *policy = rule_policy(run, entry);
	const struct mountinfo_mount *mount = path_mount(run, entry);

	return mount && lacks_identity(mount) && !policy->uuid.data &&
	       !(policy->flags & EXPORT_FSID) && !policy->reexport;
}

static void check_line(struct rule_run *run, const struct client_group *group)
{
	const struct export_entry *entry = group->entry;
	path_report(
		run, entry,
		"clients can't mount %.*s: %.*s has no identity of its own, "
		"and no fsid= gives it one",
		STR_ARG(path_of(run, entry)),
		STR_ARG(path_mount(run, entry)->type))
		->fix.description = "add fsid= with a number or UUID that no "
				    "other export has";
}

static void check(struct rule_run *run)
{
	lines_each(run, meets, check_line);
}

const struct rule rule_fs_needs_fsid = {
	.slug = "fs-needs-fsid",
	.severity = SEVERITY_HIGH,
	.needs = NEEDS_FILES,
	.traits = TRAIT_ALL,
	.summary = "a file system without an identity of its own is exported "
		   "without fsid=",
	.rationale =
		"The kernel names a file system to clients by the UUID or "
		"device of its disk. This one has neither, so the export is "
		"refused when a client mounts it.",
	.remedy = "Add fsid= with a UUID of your own or a small number that no "
		  "other export has; for NFS mounts see also reexport=.",
	.bad = "/srv/cloud 10.1.0.0/24(rw)\n",
	.good = "/srv/cloud 10.1.0.0/24(rw,fsid=17)\n",
	.references = (const char *const[]){ "exports(5), fsid=", NULL },
	.check_table = check,
};
