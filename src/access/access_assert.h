/* Whether something holds for all addresses of a client. */
#ifndef ACCESS_ASSERT_H
#define ACCESS_ASSERT_H

#include "access_check.h"
#include "address_segments.h"
#include "assert_outcomes.h"

/* "pass", "fail", "depends". */
const char *assert_result_name(enum assert_result result);

struct assert_outcome {
	enum assert_result result;
	struct ip_address counterexample; /* IP_NONE: none, or a name */
	const char *reason;		  /* why it does not pass, or NULL */
	const struct export_entry *entry; /* that decides then, or NULL */
};

/* Takes in what was found for more clients: a failure counts before what is
 * not decided, and the first before the others. */
void assert_outcome_join(struct assert_outcome *outcome,
			 const struct assert_outcome *other);

/* Tests an assertion at one path, for a single client. */
struct assert_outcome access_assert_one(struct arena *arena,
					const struct export_question *question,
					const struct assertion *assertion,
					const struct access_wish *wish);

/* The same for all addresses of a range; those of the question's client are not
 * looked at, what it is called is. Never sampled: the range is cut where
 * anything may change. */
struct assert_outcome
access_assert_range(struct arena *arena, const struct export_question *question,
		    const struct assertion *assertion,
		    const struct access_wish *wish, enum ip_family family,
		    struct address_range range);

#endif
