#include "access_assert.h"

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

/* What is asked of the solver, and what `expect` does not let it answer. */
static const struct right_row {
	enum access_can can;
	bool by_mountd; /* over NFSv3 */
	bool no_write, no_root;
} right_rows[ASSERT_RIGHTS] = {
	[ASSERT_READ] = { .can = CAN_READ },
	[ASSERT_WRITE] = { .can = CAN_WRITE },
	[ASSERT_ROOT] = { .can = CAN_ROOT },
	[ASSERT_READ_ONLY] = { .can = CAN_READ,
			       .no_write = true,
			       .no_root = true },
	[ASSERT_READ_WRITE] = { .can = CAN_WRITE, .no_root = true },
	[ASSERT_MOUNT] = { .can = CAN_READ, .by_mountd = true },
};

/* The answer about one right, against what is wanted. */
static struct assert_outcome ask(struct arena *arena,
				 const struct export_question *question,
				 const struct access_wish *wish,
				 enum access_can can,
				 enum access_verdict wanted)
{
	struct access_wish asked = *wish;
	struct access_answer answer;

	asked.can = can;
	answer = access_check(arena, question, &asked);
	if (answer.verdict == wanted)
		return (struct assert_outcome){ .result = ASSERT_PASSES };
	return (struct assert_outcome){
		.result = answer.verdict == ACCESS_DEPENDS ? ASSERT_UNDECIDED
							   : ASSERT_FAILS,
		.counterexample = question->client->address,
		.reason = answer.why,
		.entry = answer.selection.entry,
	};
}

/* The right must not be more than the row says. */
static struct assert_outcome
ask_for_more(struct arena *arena, const struct export_question *question,
	     const struct access_wish *wish, const struct right_row *row)
{
	struct assert_outcome outcome = { .result = ASSERT_PASSES };
	const char *more = "it is read-write";

	if (row->no_write)
		outcome = ask(arena, question, wish, CAN_WRITE, ACCESS_DENIED);
	if (outcome.result == ASSERT_PASSES && row->no_root) {
		outcome = ask(arena, question, wish, CAN_ROOT, ACCESS_DENIED);
		more = "it grants root";
	}
	if (outcome.result == ASSERT_FAILS)
		outcome.reason =
			arena_printf(arena, "%s, and %s", outcome.reason, more);
	return outcome;
}

struct assert_outcome access_assert_one(struct arena *arena,
					const struct export_question *question,
					const struct assertion *assertion,
					const struct access_wish *wish)
{
	const struct right_row *row = &right_rows[assertion->right];
	struct export_question asked = *question;
	struct assert_outcome outcome;

	if (row->by_mountd)
		asked.nfs_version = 3;
	outcome = ask(arena, &asked, wish, row->can,
		      assertion->verb == ASSERT_DENY ? ACCESS_DENIED
						     : ACCESS_ALLOWED);
	if (outcome.result == ASSERT_PASSES && assertion->verb == ASSERT_EXPECT)
		outcome = ask_for_more(arena, &asked, wish, row);
	return outcome;
}

static struct assert_outcome
assert_address(struct arena *arena, const struct export_question *question,
	       const struct assertion *assertion,
	       const struct access_wish *wish, struct ip_address address)
{
	struct export_question asked = *question;
	struct access_client client = *question->client;

	client.address = address;
	asked.client = &client;
	return access_assert_one(arena, &asked, assertion, wish);
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
		struct assert_outcome one = assert_address(
			arena, question, assertion, wish,
			address_of_number(segments.list.items[i].first,
					  family));

		assert_outcome_join(&outcome, &one);
	}
	return outcome;
}
