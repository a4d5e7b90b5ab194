/* Sets of severities for kinds of sites. */
#ifndef RULE_PROFILES_H
#define RULE_PROFILES_H

#include "rule.h"

/* A rule whose findings have another severity in a profile. */
struct profile_level {
	const char *slug; /* NULL ends a list */
	enum severity severity;
};

struct rule_profile {
	const char *name;
	const char *summary; /* lower case, no full stop */
	const struct profile_level *levels;
};

/* Ends with a NULL name; the first one is the default. */
extern const struct rule_profile rule_profiles[];

/* What a rule's finding of a severity has in the profile. One that the profile
 * lowers stays what it is if it was raised, because everybody or a broad or
 * public network is let in. */
enum severity rule_profile_severity(const struct rule_profile *profile,
				    const struct rule *rule,
				    enum severity severity);

/* The profile of that name, or NULL. */
const struct rule_profile *rule_profile_find(const char *name);

#endif
