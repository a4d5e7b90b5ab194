#include "option_lists.h"

static void check_group(struct rule_run *run, const struct client_group *group)
{
	const struct export_entry *entry = group->entry;
	const struct export_policy *policy = rule_policy(run, entry);
	struct finding *finding;

	if (policy->reexport == REEXPORT_NONE || !(policy->flags & EXPORT_FSID))
		return;
	finding = rule_report(
		run, entry,
		export_entry_option_span(run->arena, run->table, entry,
					 OPTION_REEXPORT),
		"exportfs fails with an error about %.*s, because fsid=%u "
		"excludes reexport=",
		STR_ARG(export_entry_path(run->arena, run->table, entry)),
		(uint32_t)policy->fsid);
	finding->fix.description = "delete `fsid=` or `reexport=`";
}

static void check(struct rule_run *run)
{
	client_groups_each(run, check_group);
}

const struct rule rule_reexport_conflict = {
	.slug = "reexport-conflict",
	.severity = SEVERITY_HIGH,
	.traits = TRAIT_ALL,
	.summary = "a numeric fsid beside reexport=",
	.rationale = "reexport= chooses the fsid itself. With a number beside "
		     "it exportfs reports an error and ends with status 1, so "
		     "that scripts believe that nothing was exported; it was.",
	.remedy = "Delete one of the two.",
	.bad = "/srv/proxy 10.1.0.0/24(rw,fsid=17,reexport=auto-fsidnum)\n",
	.good = "/srv/proxy 10.1.0.0/24(rw,reexport=auto-fsidnum)\n",
	.references = (const char *const[]){ "exports(5), Reexport", NULL },
	.check_table = check,
};
