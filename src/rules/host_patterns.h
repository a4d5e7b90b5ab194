/* What host name patterns leave open. */
#ifndef HOST_PATTERNS_H
#define HOST_PATTERNS_H

#include "rule.h"

enum pattern_scope {
	PATTERN_OTHER,	/* no pattern, one for addresses, or everything */
	PATTERN_EXACT,	/* no star: the number of labels is fixed */
	PATTERN_DOMAIN, /* below one domain: "*.example.com", "a*.lan" */
	PATTERN_SUFFIX, /* below a domain that anybody may register in: the
			   rest of the name is no more than "com" or "co.uk" */
	PATTERN_LOOSE,	/* names of any domain: "*web*", "web*" */
};

/* What stays fixed of the names that an entry's client matches. For
 * PATTERN_DOMAIN and PATTERN_SUFFIX *domain is the domain. */
enum pattern_scope host_pattern_scope(const struct rule_run *run,
				      const struct export_entry *entry,
				      struct str *domain);

#endif
