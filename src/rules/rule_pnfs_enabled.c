#include "option_edits.h"

static void check_group(struct rule_run *run, const struct client_group *group)
{
	const struct export_entry *entry = group->entry;
	const struct export_policy *policy = rule_policy(run, entry);
	struct finding *finding;

	if (!(policy->flags & EXPORT_PNFS))
		return;
	finding = rule_report(
		run, entry,
		export_entry_option_span(run->arena, run->table, entry,
					 OPTION_PNFS),
		"%s may read and write the storage of %.*s past the server",
		client_group_text(run, group),
		STR_ARG(export_entry_path(run->arena, run->table, entry)));
	option_edits_delete(run, finding, group, OPTION_PNFS);
}

static void check(struct rule_run *run)
{
	client_groups_each(run, check_group);
}

const struct rule rule_pnfs_enabled = {
	.slug = "pnfs-enabled",
	.severity = SEVERITY_MEDIUM,
	.summary = "clients may reach the storage directly",
	.rationale = "With pnfs an NFSv4.1 client gets the places of the data "
		     "on the disk, and then reads and writes the shared block "
		     "device itself. The server no longer decides what it may "
		     "change there.",
	.remedy = "Delete pnfs unless the clients share the storage and are "
		  "trusted with all of it.",
	.bad = "/srv/data 10.1.0.0/24(rw,pnfs)\n",
	.good = "/srv/data 10.1.0.0/24(rw,no_pnfs)\n",
	.references = (const char *const[]){ "exports(5), General Options",
					     "RFC 5663, section 3", NULL },
	.check_table = check,
};
