#include "rule.h"

const struct rule rule_bad_anon_id = {
	.slug = "bad-anon-id",
	.severity = SEVERITY_HIGH,
	.traits = TRAIT_ALL,
	.summary = "an anonuid= or anongid= that is not a decimal number",
	.rationale = "User and group names and hexadecimal numbers are not "
		     "understood here. exportfs stops reading the file at such "
		     "a value, and withdraws what stands behind it.",
	.remedy = "Write the number, as id(1) prints it.",
	.bad = "/srv/data 10.1.0.0/24(rw,anonuid=nobody)\n/srv/more "
	       "10.1.0.0/24(ro)\n",
	.good = "/srv/data 10.1.0.0/24(rw,anonuid=65534)\n/srv/more "
		"10.1.0.0/24(ro)\n",
	.references =
		(const char *const[]){ "exports(5), User ID Mapping", NULL },
	.problems = (const enum export_problem[]){ PROBLEM_BAD_ANON_ID,
						   PROBLEM_NONE },
};
