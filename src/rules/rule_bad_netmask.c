#include "rule.h"

const struct rule rule_bad_netmask = {
	.slug = "bad-netmask",
	.severity = SEVERITY_HIGH,
	.traits = TRAIT_ALL,
	.summary = "a network with an address, netmask or prefix that is not "
		   "valid",
	.rationale =
		"A client with a slash is a network: an address, then a prefix "
		"length of at most 32 (IPv6: 128) or a netmask. exportfs "
		"prints an error and leaves any other out, so its hosts get no "
		"access. Most often the prefix is too large, a host name "
		"stands before the slash, or two paths stand on one line.",
	.remedy = "Write a network such as 10.1.0.0/24, and each path on a "
		  "line of its own.",
	.bad = "/srv/data 10.1.0.0/33(rw)\n",
	.good = "/srv/data 10.1.0.0/24(rw)\n",
	.references = (const char *const[]){ "exports(5), Machine Name Formats",
					     NULL },
	.problems = (const enum export_problem[]){ PROBLEM_BAD_NETWORK,
						   PROBLEM_NONE },
};
