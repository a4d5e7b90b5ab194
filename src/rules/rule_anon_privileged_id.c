#include "anonymous_ids.h"

/* Among the ids of the system, but made for this: the old uid of nobody and
 * the group users of many distributions. */
enum { OLD_NOBODY = 99, GROUP_USERS = 100, FIRST_USER = 1000 };

static bool is_of_system(uint32_t number)
{
	return number > 0 && number < FIRST_USER && number != OLD_NOBODY &&
	       number != GROUP_USERS;
}

static void check_group(struct rule_run *run, const struct client_group *group)
{
	struct finding *finding;

	if (squashed_users(rule_policy(run, group->entry)) == SQUASHED_NOBODY)
		return;
	finding = anonymous_ids_report(run, group, is_of_system);
	if (finding)
		finding->fix.description =
			"name the ids of an account without rights";
}

static void check(struct rule_run *run)
{
	client_groups_each(run, check_group);
}

const struct rule rule_anon_privileged_id = {
	.slug = "anon-privileged-id",
	.severity = SEVERITY_MEDIUM,
	.summary = "squashed users become a system account",
	.rationale = "Ids below 1000 belong to system accounts and their "
		     "groups, such as disk, shadow or www-data. Squashed users "
		     "get the rights that these have below the path.",
	.remedy = "Create an account for the purpose and name its ids in "
		  "anonuid and anongid.",
	.bad = "/srv/data 10.1.0.0/24(rw,all_squash,anonuid=33,anongid=33)\n",
	.good = "/srv/data "
		"10.1.0.0/24(rw,all_squash,anonuid=2000,anongid=2000)\n",
	.references = (const char *const[]){ "exports(5), User ID Mapping",
					     "STIG GEN005820", NULL },
	.check_table = check,
};
