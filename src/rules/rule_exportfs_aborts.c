#include "rule.h"

const struct rule rule_exportfs_aborts = {
	.slug = "exportfs-aborts",
	.severity = SEVERITY_CRITICAL,
	.traits = TRAIT_ALL,
	.summary = "an entry at which exportfs itself aborts",
	.rationale = "exportfs frees the ranges of squash_uids= or "
		     "squash_gids= once for every client behind the defaults "
		     "that name them. With the second client it aborts, and "
		     "nothing of any file is exported anew.",
	.remedy = "Delete squash_uids= and squash_gids=; they have no effect "
		  "anyway. Use all_squash, or map ids with anonuid= and "
		  "anongid=.",
	.bad = "/srv/data -squash_uids=0-99 10.1.0.1(rw) 10.1.0.2(ro)\n",
	.good = "/srv/data 10.1.0.1(rw) 10.1.0.2(ro)\n",
	.references = (const char *const[]){ "CWE-415: Double Free", NULL },
	.problems =
		(const enum export_problem[]){ PROBLEM_ABORT, PROBLEM_NONE },
};
