#include "rule.h"

const struct rule rule_etab_roundtrip = {
	.slug = "etab-roundtrip",
	.severity = SEVERITY_HIGH,
	.traits = TRAIT_ALL,
	.summary =
		"an export that becomes another one when rpc.mountd reads it",
	.rationale =
		"exportfs writes its table to /var/lib/nfs/etab, and "
		"rpc.mountd reads it from there. Not everything is escaped on "
		"the way: quotes, blanks, # and newlines in clients, UUIDs and "
		"mount points, backslashes before digits, and squash_gids= "
		"come back as something else, or break the lines that follow.",
	.remedy = "Give the path, the client or the mount point a name without "
		  "such characters.",
	.bad = "/srv/data\\134\\060\\064\\060 10.1.0.0/24(rw)\n",
	.good = "/srv/data 10.1.0.0/24(rw)\n",
	.references = (const char *const[]){ "exports(5), FILES",
					     "rpc.mountd(8)", NULL },
	.problems =
		(const enum export_problem[]){
			PROBLEM_REREAD_STOPS, PROBLEM_REREAD_MERGED,
			PROBLEM_REREAD_CHANGED, PROBLEM_REREAD_DUPLICATE,
			PROBLEM_REREAD_UNRESOLVED, PROBLEM_NONE },
};
