#include "rule.h"

const struct rule rule_bad_fsid = {
	.slug = "bad-fsid",
	.severity = SEVERITY_HIGH,
	.traits = TRAIT_ALL,
	.summary = "an fsid= that is neither a number, root nor a UUID",
	.rationale = "An fsid is a number, the word root, or a UUID of exactly "
		     "32 hexadecimal digits. exportfs stops reading the file "
		     "at anything else, and withdraws what stands behind it.",
	.remedy = "Write a small number that no other export has, or the UUID "
		  "that blkid(8) prints.",
	.bad = "/srv/data 10.1.0.0/24(rw,fsid=data)\n/srv/more "
	       "10.1.0.0/24(ro)\n",
	.good = "/srv/data 10.1.0.0/24(rw,fsid=17)\n/srv/more "
		"10.1.0.0/24(ro)\n",
	.references =
		(const char *const[]){ "exports(5), General Options", NULL },
	.problems =
		(const enum export_problem[]){ PROBLEM_BAD_FSID, PROBLEM_NONE },
};
