#include "anonymous_ids.h"

static bool is_root(uint32_t number)
{
	return number == 0;
}

static void check_group(struct rule_run *run, const struct client_group *group)
{
	struct finding *finding;

	if (squashed_users(rule_policy(run, group->entry)) != SQUASHED_ROOT)
		return;
	finding = anonymous_ids_report(run, group, is_root);
	if (finding)
		finding->fix.description =
			"name the ids of an account without rights";
}

static void check(struct rule_run *run)
{
	client_groups_each(run, check_group);
}

const struct rule rule_anon_root = {
	.slug = "anon-root",
	.severity = SEVERITY_CRITICAL,
	.summary = "root is squashed to the ids of root",
	.rationale = "root_squash maps root of the client to the anonymous "
		     "ids. When these are 0, root stays root, or keeps the "
		     "group root, although the options say otherwise.",
	.remedy = "Delete anonuid=0 and anongid=0; the default is 65534, which "
		  "owns nothing.",
	.bad = "/srv/data 10.1.0.0/24(rw,root_squash,anonuid=0)\n",
	.good = "/srv/data 10.1.0.0/24(rw,root_squash)\n",
	.references =
		(const char *const[]){
			"exports(5), User ID Mapping", "STIG GEN005820",
			"CWE-250: Execution with Unnecessary Privileges",
			NULL },
	.check_table = check,
};
