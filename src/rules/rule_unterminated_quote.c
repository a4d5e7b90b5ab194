#include "rule.h"

const struct rule rule_unterminated_quote = {
	.slug = "unterminated-quote",
	.severity = SEVERITY_CRITICAL,
	.traits = TRAIT_ALL,
	.summary = "a quote that is never closed",
	.rationale = "Within quotes blanks and newlines are ordinary "
		     "characters. Without the closing quote all the lines that "
		     "follow become one path, which everybody may read as soon "
		     "as it exists, or one client; their exports are lost.",
	.remedy = "Close the quote on the same line.",
	.bad = "\"/srv/my data 10.1.0.0/24(rw)\n/srv/more 10.1.0.0/24(ro)\n",
	.good = "\"/srv/my data\" 10.1.0.0/24(rw)\n/srv/more 10.1.0.0/24(ro)\n",
	.references = (const char *const[]){ "exports(5), DESCRIPTION", NULL },
	.problems = (const enum export_problem[]){ PROBLEM_UNCLOSED_QUOTE,
						   PROBLEM_NONE },
};
