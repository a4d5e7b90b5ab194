#include "option_lists.h"

static bool is_unsigned(struct rule_run *run, const struct export_entry *entry)
{
	uint32_t flags = rule_policy(run, entry)->flags;

	return flags & EXPORT_NO_SUBTREE_CHECK && !(flags & EXPORT_SIGN_FH);
}

static void check_line(struct rule_run *run, const struct client_group *group)
{
	const struct export_entry *entry = group->entry;
	struct finding *finding = rule_report(
		run, entry, export_entry_span(run->table, entry),
		"who makes up a file handle for %.*s can leave the directory, "
		"unless it is a file system of its own",
		STR_ARG(export_entry_path(run->arena, run->table, entry)));

	finding->fix.description =
		"write `sign_fh`, with fh-key-file= in nfs.conf";
}

static void check(struct rule_run *run)
{
	if (run->table->input.rules.target.nfs_utils >= VERSION_NUMBER(2, 9, 1))
		lines_each(run, is_unsigned, check_line);
}

const struct rule rule_sign_fh_missing = {
	.slug = "sign-fh-missing",
	.severity = SEVERITY_INFO,
	.traits = TRAIT_ALL,
	.summary = "file handles are not signed, although exportfs could ask "
		   "for it",
	.rationale = "A file handle names a file of the whole file system, "
		     "not of the exported directory, and the server believes "
		     "it. Signed handles can't be made up. The kernel must "
		     "know sign_fh as well: an older one ignores it without a "
		     "word.",
	.remedy = "Write sign_fh and set fh-key-file in nfs.conf, or export "
		  "whole file systems only. Clients have to mount again.",
	.bad = "/srv/data/project 10.1.0.0/24(rw)\n",
	.good = "/srv/data/project 10.1.0.0/24(rw,sign_fh)\n",
	.references =
		(const char *const[]){ "exports(5), Subdirectory Exports",
				       "CWE-340: Generation of Predictable "
				       "Numbers or Identifiers",
				       NULL },
	.check_table = check,
};
