#include "access_assert.h"

#include "assert_conditions.h"

/* Ranges that a netmask with holes may make. */
enum { RUNS_MAX = 65536 };

const char *assert_result_name(enum assert_result result)
{
	static const char *const names[] = {
		[ASSERT_PASSES] = "pass",
		[ASSERT_FAILS] = "fail",
		[ASSERT_UNDECIDED] = "depends",
	};

	return names[result];
}

/* The answer about one right, against what is wanted. */
static struct assert_outcome ask(struct arena *arena,
				 const struct export_question *question,
				 const struct access_wish *wish,
				 const struct assert_condition *condition)
{
	struct access_wish asked = *wish;
	struct access_answer answer;

	asked.can = condition->can;
	answer = access_check(arena, question, &asked);
	if (answer.verdict == condition->wanted)
		return (struct assert_outcome){ .result = ASSERT_PASSES };
	if (answer.verdict != ACCESS_DEPENDS && condition->else_why)
		answer.why = arena_printf(arena, "%s, and %s", answer.why,
					  condition->else_why);
	return (struct assert_outcome){
		.result = answer.verdict == ACCESS_DEPENDS ? ASSERT_UNDECIDED
							   : ASSERT_FAILS,
		.counterexample = question->client->address,
		.reason = answer.why,
		.entry = answer.selection.entry,
	};
}

/* By what is known. */
static struct assert_outcome test_one(struct arena *arena,
				      const struct export_question *question,
				      const struct assertion *assertion,
				      const struct access_wish *wish)
{
	struct assert_condition conditions[ASSERT_CONDITIONS_MAX];
	unsigned count = assert_conditions_of(assertion, conditions);
	struct export_question asked = *question;
	struct assert_outcome outcome = { .result = ASSERT_PASSES };

	asked.nfs_version = assert_version_of(assertion, asked.nfs_version);
	for (unsigned i = 0; i < count && outcome.result == ASSERT_PASSES; i++)
		outcome = ask(arena, &asked, wish, &conditions[i]);
	return outcome;
}

/* It may not matter what is not known. */
static void settle(const struct assert_outcomes *outcomes,
		   struct assert_outcome *outcome)
{
	struct assert_settled settled =
		assert_outcomes_settle(outcomes, outcome->counterexample);

	outcome->result = settled.result;
	if (!settled.entry)
		return;
	outcome->entry = settled.entry;
	outcome->reason = settled.reason;
}

struct assert_outcome access_assert_one(struct arena *arena,
					const struct export_question *question,
					const struct assertion *assertion,
					const struct access_wish *wish)
{
	struct assert_outcome outcome =
		test_one(arena, question, assertion, wish);

	if (outcome.result == ASSERT_UNDECIDED &&
	    question->client->address.family != IP_NONE)
		settle(assert_outcomes_new(arena, question, assertion, wish),
		       &outcome);
	return outcome;
}

void assert_outcome_join(struct assert_outcome *outcome,
			 const struct assert_outcome *other)
{
	if (outcome->result == ASSERT_PASSES ||
	    (outcome->result == ASSERT_UNDECIDED &&
	     other->result == ASSERT_FAILS))
		*outcome = *other;
}

struct assert_outcome
access_assert_range(struct arena *arena, const struct export_question *question,
		    const struct assertion *assertion,
		    const struct access_wish *wish, enum ip_family family,
		    struct address_range range)
{
	struct assert_outcome outcome = { .result = ASSERT_PASSES };
	struct assert_outcomes *outcomes = NULL;
	struct address_segments segments;

	address_segments_cut(arena, question, family, range, RUNS_MAX,
			     &segments);
	if (segments.scattered)
		outcome = (struct assert_outcome){
			.result = ASSERT_UNDECIDED,
			.reason = "a netmask with holes matches addresses here "
				  "and there, and these are too many to look "
				  "at each",
		};
	for (size_t i = 0;
	     i < segments.list.count && outcome.result != ASSERT_FAILS; i++) {
		struct access_client client = *question->client;
		struct export_question asked = *question;
		struct assert_outcome one;

		client.address =
			address_of_number(segments.list.items[i].first, family);
		asked.client = &client;
		one = test_one(arena, &asked, assertion, wish);
		if (one.result == ASSERT_UNDECIDED && !outcomes)
			outcomes = assert_outcomes_new(arena, question,
						       assertion, wish);
		if (one.result == ASSERT_UNDECIDED)
			settle(outcomes, &one);
		assert_outcome_join(&outcome, &one);
	}
	return outcome;
}
