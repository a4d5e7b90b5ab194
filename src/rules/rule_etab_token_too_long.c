#include "rule.h"

const struct rule rule_etab_token_too_long = {
	.slug = "etab-token-too-long",
	.severity = SEVERITY_CRITICAL,
	.traits = TRAIT_ALL,
	.summary = "a client whose options are too long once exportfs has "
		   "spelled them out",
	.rationale =
		"exportfs writes every option, defaults as well, to "
		"/var/lib/nfs/etab, and rpc.mountd reads that file with the "
		"limit of 511 bytes for a client with its options. At a longer "
		"one it stops: this export and all that follow in etab are "
		"unknown to it, while exportfs has reported nothing.",
	.remedy = "Shorten the list: fewer sec= sections, servers in refer= or "
		  "bytes in mountpoint=, or a shorter client.",
	.bad = "/srv/data "
	       "10.1.0.0/24(ro,mountpoint=/srv/"
	       "ddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd"
	       "ddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd"
	       "ddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd"
	       "ddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd"
	       "ddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd"
	       "ddddddddddddddddddddddddddddddddddddddddddddd)\n",
	.good = "/srv/data 10.1.0.0/24(ro,mountpoint=/srv/data)\n",
	.references = (const char *const[]){ "exports(5), FILES",
					     "rpc.mountd(8)", NULL },
	.problems = (const enum export_problem[]){ PROBLEM_REREAD_TOO_LONG,
						   PROBLEM_NONE },
};
