/* What may come of an assertion for a client of whom not everything is known.
 *
 * Where names, netgroups or file systems that are not known decide which entry
 * holds, it may be that an assertion holds whichever it is: nobody becomes root
 * where no entry grants it. The entries that may hold for an address are those
 * of the path and the directories above it that may match the client and stand
 * before the first that matches him for certain.
 */
#ifndef ASSERT_OUTCOMES_H
#define ASSERT_OUTCOMES_H

#include "access_check.h"
#include "assertion_parser.h"

enum assert_result { ASSERT_PASSES, ASSERT_FAILS, ASSERT_UNDECIDED };

struct assert_outcomes;

/* Looks at the entries once for all addresses of clients of whom as much is
 * known as of the question's, whose own address is not looked at. The question
 * must outlive the result, which lives in arena. */
struct assert_outcomes *
assert_outcomes_new(struct arena *arena, const struct export_question *question,
		    const struct assertion *assertion,
		    const struct access_wish *wish);

struct assert_settled {
	enum assert_result result;
	/* One for which it would not hold, and what is the matter with it;
	 * NULL, if all that could decide would do, or none did. */
	const struct export_entry *entry;
	const char *reason;
};

/* PASSES or FAILS if it is so whatever is not known, for the client with that
 * address; else UNDECIDED. */
struct assert_settled
assert_outcomes_settle(const struct assert_outcomes *outcomes,
		       struct ip_address address);

#endif
