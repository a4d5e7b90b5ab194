#include "rule.h"

const struct rule rule_client_token_too_long = {
	.slug = "client-token-too-long",
	.severity = SEVERITY_HIGH,
	.traits = TRAIT_ALL,
	.summary = "a client with its options, or a list of defaults, longer "
		   "than 511 bytes",
	.rationale =
		"exportfs reads at most 511 bytes of one word. At a longer one "
		"it stops with a syntax error that names \"command line\" "
		"instead of the file, and withdraws what stands behind it.",
	.remedy = "Shorten the list, or move options that all clients share "
		  "into a list of defaults before them.",
	.bad = "/srv/data "
	       "10.1.0.0/24(ro,mountpoint=/srv/"
	       "ddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd"
	       "ddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd"
	       "ddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd"
	       "ddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd"
	       "ddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd"
	       "ddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd"
	       "ddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd"
	       "ddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd)\n",
	.good = "/srv/data 10.1.0.0/24(ro,mountpoint=/srv/data)\n",
	.references = (const char *const[]){ "exports(5), DESCRIPTION", NULL },
	.problems = (const enum export_problem[]){ PROBLEM_CLIENT_TOO_LONG,
						   PROBLEM_DEFAULTS_TOO_LONG,
						   PROBLEM_NONE },
};
