#include "flavor_sets.h"
#include "option_edits.h"

static void check_group(struct rule_run *run, const struct client_group *group)
{
	const struct export_entry *entry = group->entry;
	const struct export_policy *policy = rule_policy(run, entry);
	struct finding *finding;

	if (!(policy->flags & EXPORT_ASYNC) || !any_writes(policy))
		return;
	finding = rule_report(
		run, entry,
		export_entry_option_span(run->arena, run->table, entry,
					 OPTION_ASYNC),
		"a crash of the server loses what %s wrote to %.*s and "
		"believes "
		"saved",
		client_group_text(run, group),
		STR_ARG(export_entry_path(run->arena, run->table, entry)));
	finding->fix.description = "write `sync`";
	option_edits_replace(run, finding, group, OPTION_ASYNC, "sync");
}

static void check(struct rule_run *run)
{
	client_groups_each(run, check_group);
}

const struct rule rule_async_writes = {
	.slug = "async-writes",
	.severity = SEVERITY_MEDIUM,
	.traits = TRAIT_ALL,
	.summary = "writes are confirmed before they are on disk",
	.rationale =
		"With async the server answers before data reach the disk. "
		"After a crash or a power cut, files that clients believe "
		"saved are lost or damaged, and no client learns of it.",
	.remedy = "Write sync, which is the default.",
	.bad = "/srv/data 10.1.0.0/24(rw,async)\n",
	.good = "/srv/data 10.1.0.0/24(rw,sync)\n",
	.references = (const char *const[]){ "exports(5), General Options",
					     "RFC 1813, section 4.8", NULL },
	.check_table = check,
};
