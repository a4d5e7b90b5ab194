/* What an assertion says of each client, in questions to the solver. */
#ifndef ASSERT_CONDITIONS_H
#define ASSERT_CONDITIONS_H

#include "access_check.h"
#include "assertion_parser.h"

struct assert_condition {
	enum access_can can;
	enum access_verdict wanted; /* ALLOWED or DENIED */
	const char *else_why; /* what is the matter if it does not hold, or
				 NULL if the solver says it all */
};

enum { ASSERT_CONDITIONS_MAX = 3 };

/* All of them must hold. Returns how many there are. */
unsigned assert_conditions_of(const struct assertion *assertion,
			      struct assert_condition *conditions);

/* The version of NFS that an assertion is about: that of the question, or 3
 * where it speaks of mounting. */
unsigned assert_version_of(const struct assertion *assertion,
			   unsigned nfs_version);

#endif
