#include "flavor_sets.h"

static bool is_root(struct rule_run *run, const struct export_entry *entry)
{
	return str_is(export_table_path(run->table, entry->path), "/");
}

/* The read-only root of NFSv4, as old guides have it. */
static bool is_pseudo_root(const struct export_policy *policy)
{
	return policy->flags & EXPORT_FSID && policy->fsid == 0 &&
	       !any_writes(policy);
}

static void check_line(struct rule_run *run, const struct client_group *group)
{
	const struct export_policy *policy = rule_policy(run, group->entry);
	struct finding *finding = rule_report(
		run, group->entry, export_entry_span(run->table, group->entry),
		"%s may %s every file of the server's root file system",
		client_group_text(run, group),
		any_writes(policy) ? "read and write" : "read");

	if (is_pseudo_root(policy))
		finding->severity = SEVERITY_LOW;
	finding->fix.description = "export the directories that are needed";
}

static void check(struct rule_run *run)
{
	lines_each(run, is_root, check_line);
}

const struct rule rule_export_root_filesystem = {
	.slug = "export-root-filesystem",
	.severity = SEVERITY_CRITICAL,
	.summary = "the root directory is exported",
	.rationale =
		"An export of / holds every file of the server: keys, password "
		"hashes, the configuration of all services. What a client may "
		"read there is enough to take over the machine.",
	.remedy = "Export the directories that clients need. The NFSv4 root "
		  "needs no entry of its own.",
	.bad = "/ 10.1.0.0/24(rw)\n",
	.good = "/srv/data 10.1.0.0/24(rw)\n",
	.references = (const char *const[]){ "exports(5), Subdirectory Exports",
					     "STIG GEN005800",
					     "CWE-552: Files or Directories "
					     "Accessible to External Parties",
					     NULL },
	.check_table = check,
};
