#include "option_edits.h"

static void check_group(struct rule_run *run, const struct client_group *group)
{
	const struct export_entry *entry = group->entry;
	const struct export_policy *policy = rule_policy(run, entry);
	struct finding *finding;

	if (!(policy->flags & EXPORT_NO_AUTH_NLM))
		return;
	finding = rule_report(
		run, entry,
		export_entry_option_span(run->arena, run->table, entry,
					 OPTION_INSECURE_LOCKS),
		"any user of %s may lock files on %.*s that he has no access "
		"to",
		client_group_text(run, group),
		STR_ARG(export_entry_path(run->arena, run->table, entry)));
	option_edits_delete(run, finding, group, OPTION_INSECURE_LOCKS);
}

static void check(struct rule_run *run)
{
	client_groups_each(run, check_group);
}

const struct rule rule_insecure_locks = {
	.slug = "insecure-locks",
	.severity = SEVERITY_MEDIUM,
	.summary = "locks without access to the file",
	.rationale =
		"With insecure_locks the server takes lock requests of NFSv3 "
		"without asking whether the user may open the file. Anybody on "
		"a client can hold a lock that stops everybody else.",
	.remedy = "Delete insecure_locks; only very old clients need it.",
	.bad = "/srv/data 10.1.0.0/24(rw,insecure_locks)\n",
	.good = "/srv/data 10.1.0.0/24(rw,secure_locks)\n",
	.references =
		(const char *const[]){ "exports(5), General Options",
				       "STIG RHEL-06-000309",
				       "SSG no_insecure_locks_exports", NULL },
	.check_table = check,
};
