#include "anonymous_ids.h"

static void check_group(struct rule_run *run, const struct client_group *group)
{
	anonymous_ids_report_root(run, group, SQUASHED_USERS);
}

static void check(struct rule_run *run)
{
	client_groups_each(run, check_group);
}

const struct rule rule_all_squash_to_root = {
	.slug = "all-squash-to-root",
	.severity = SEVERITY_CRITICAL,
	.summary =
		"every user of a client becomes root, or gets the group root",
	.rationale = "all_squash maps all users to the anonymous ids. With the "
		     "id 0, any user of any client in the list has the rights "
		     "of root, or of its group, below the path.",
	.remedy = "Create an account that owns nothing else and name its uid "
		  "and gid in anonuid and anongid.",
	.bad = "/srv/data 10.1.0.0/24(rw,all_squash,anonuid=0,anongid=0)\n",
	.good = "/srv/data "
		"10.1.0.0/24(rw,all_squash,anonuid=2000,anongid=2000)\n",
	.references =
		(const char *const[]){
			"exports(5), User ID Mapping", "STIG GEN005820",
			"CWE-250: Execution with Unnecessary Privileges",
			NULL },
	.check_table = check,
};
