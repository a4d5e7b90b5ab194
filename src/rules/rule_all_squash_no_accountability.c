#include "anonymous_ids.h"

static void check_group(struct rule_run *run, const struct client_group *group)
{
	const struct export_entry *entry = group->entry;
	const struct export_policy *policy = rule_policy(run, entry);

	if (squashed_users(policy) != SQUASHED_USERS)
		return;
	rule_report(run, entry,
		    export_entry_option_span(run->arena, run->table, entry,
					     OPTION_ALL_SQUASH),
		    "nobody can tell which user of %s did what on %.*s: all of "
		    "them are uid %u",
		    client_group_hosts(run, group),
		    STR_ARG(export_entry_path(run->arena, run->table, entry)),
		    anonymous_id(policy, OPTION_ANONUID));
}

static void check(struct rule_run *run)
{
	client_groups_each(run, check_group);
}

const struct rule rule_all_squash_no_accountability = {
	.slug = "all-squash-no-accountability",
	.severity = SEVERITY_INFO,
	.traits = TRAIT_ALL,
	.summary = "all users of a client are one user on the server",
	.rationale = "With all_squash each file belongs to the same account, "
		     "whoever wrote it. That is what a drop box wants; where "
		     "an audit has to name people it is in the way.",
	.remedy = "Delete all_squash where users have to be told apart, and "
		  "ask for Kerberos, so that they are who they say.",
	.bad = "/srv/data 10.1.0.0/24(rw,all_squash)\n",
	.good = "/srv/data 10.1.0.0/24(rw)\n",
	.references =
		(const char *const[]){ "exports(5), User ID Mapping",
				       "STIG RHEL-06-000515",
				       "SSG no_all_squash_exports", NULL },
	.check_table = check,
};
