#include "option_edits.h"

static void check_group(struct rule_run *run, const struct client_group *group)
{
	const struct export_entry *entry = group->entry;
	const struct export_policy *policy = rule_policy(run, entry);
	struct finding *finding;

	if (!(policy->flags & EXPORT_NO_ACL))
		return;
	finding = rule_report(
		run, entry,
		export_entry_option_span(run->arena, run->table, entry,
					 OPTION_NO_ACL),
		"`no_acl` does nothing for %s on %.*s: kernels of today ignore "
		"it, and ACLs stay visible",
		client_group_text(run, group),
		STR_ARG(export_entry_path(run->arena, run->table, entry)));
	option_edits_delete(run, finding, group, OPTION_NO_ACL);
}

static void check(struct rule_run *run)
{
	client_groups_each(run, check_group);
}

const struct rule rule_acl_disabled = {
	.slug = "acl-disabled",
	.severity = SEVERITY_LOW,
	.traits = TRAIT_ALL,
	.summary = "no_acl, which kernels of today ignore",
	.rationale = "no_acl once hid access control lists from NFSv3 clients. "
		     "It was a patch of one distribution; kernels without it "
		     "accept the option and do nothing.",
	.remedy = "Delete no_acl. Clients can be mounted with noacl instead.",
	.bad = "/srv/data 10.1.0.0/24(rw,no_acl)\n",
	.good = "/srv/data 10.1.0.0/24(rw,acl)\n",
	.references =
		(const char *const[]){ "exports(5), General Options", NULL },
	.check_table = check,
};
