#include "anonymous_ids.h"

static void check_group(struct rule_run *run, const struct client_group *group)
{
	anonymous_ids_report_root(run, group, SQUASHED_ROOT);
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
