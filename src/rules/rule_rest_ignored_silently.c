#include "rule.h"

const struct rule rule_rest_ignored_silently = {
	.slug = "rest-ignored-silently",
	.severity = SEVERITY_CRITICAL,
	.traits = TRAIT_ALL,
	.summary = "a place at which exportfs stops reading without a word",
	.rationale = "exportfs takes an empty path, a path of more than 1,024 "
		     "bytes, and a carriage return, vertical tab or form feed "
		     "where a path should begin, for the end of the file. It "
		     "prints nothing and exits with status 0, but everything "
		     "behind that place is not exported. The usual cause is an "
		     "empty line in a file with the line endings of Windows.",
	.remedy = "Delete the empty path or the control character, or convert "
		  "the line endings, for example with dos2unix.",
	.bad = "/srv/data 10.1.0.0/24(rw)\r\n\r\n/srv/more "
	       "10.1.0.0/24(ro)\r\n",
	.good = "/srv/data 10.1.0.0/24(rw)\n\n/srv/more 10.1.0.0/24(ro)\n",
	.references = (const char *const[]){ "exports(5), DESCRIPTION", NULL },
	.problems = (const enum export_problem[]){ PROBLEM_EMPTY_PATH,
						   PROBLEM_CONTROL_AT_PATH,
						   PROBLEM_PATH_TOO_LONG,
						   PROBLEM_NONE },
};
