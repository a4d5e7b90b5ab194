#include "access_assert.h"

/* Addresses that are looked at one by one where netmasks have holes. */
enum { ONE_BY_ONE = 65536 };

const char *assert_result_name(enum assert_result result)
{
	static const char *const names[] = {
		[ASSERT_PASSES] = "pass",
		[ASSERT_FAILS] = "fail",
		[ASSERT_UNDECIDED] = "depends",
	};

	return names[result];
}

/* What is asked of the solver, and what of its answer must not be. */
static const struct right_row {
	enum access_can can;
	bool read_only; /* writing must be denied */
	bool by_mountd; /* over NFSv3 */
} right_rows[ASSERT_RIGHTS] = {
	[ASSERT_READ] = { CAN_READ, false, false },
	[ASSERT_WRITE] = { CAN_WRITE, false, false },
	[ASSERT_ROOT] = { CAN_ROOT, false, false },
	[ASSERT_READ_ONLY] = { CAN_READ, true, false },
	[ASSERT_READ_WRITE] = { CAN_WRITE, false, false },
	[ASSERT_MOUNT] = { CAN_READ, false, true },
};

/* Does the right hold? Why it does, or does not, is in *why. */
static enum access_verdict holds(struct arena *arena,
				 const struct export_question *question,
				 const struct assertion *assertion,
				 const struct access_wish *wish,
				 const char **why)
{
	const struct right_row *row = &right_rows[assertion->right];
	struct export_question asked = *question;
	struct access_wish wanted = *wish;
	struct access_answer answer;

	if (row->by_mountd)
		asked.nfs_version = 3;
	wanted.can = row->can;
	answer = access_check(arena, &asked, &wanted);
	*why = answer.why;
	if (!row->read_only || answer.verdict != ACCESS_ALLOWED)
		return answer.verdict;
	wanted.can = CAN_WRITE;
	answer = access_check(arena, &asked, &wanted);
	if (answer.verdict == ACCESS_ALLOWED) {
		*why = arena_printf(arena, "%s, and it is read-write",
				    answer.why);
		return ACCESS_DENIED;
	}
	return ACCESS_ALLOWED;
}

struct assert_outcome access_assert_one(struct arena *arena,
					const struct export_question *question,
					const struct assertion *assertion,
					const struct access_wish *wish)
{
	struct assert_outcome outcome = {
		.counterexample = question->client->address,
	};
	const char *why;
	enum access_verdict verdict =
		holds(arena, question, assertion, wish, &why);

	if (verdict == ACCESS_DEPENDS)
		outcome.result = ASSERT_UNDECIDED;
	else if ((verdict == ACCESS_DENIED) != assertion->denies)
		outcome.result = ASSERT_FAILS;
	if (outcome.result != ASSERT_PASSES)
		outcome.reason = why;
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

static bool is_worse(const struct assert_outcome *a,
		     const struct assert_outcome *b)
{
	return a->result == ASSERT_FAILS && b->result != ASSERT_FAILS;
}

/* All addresses of a range that is small enough. False if it is not. */
static bool assert_each(struct arena *arena,
			const struct export_question *question,
			const struct assertion *assertion,
			const struct access_wish *wish, enum ip_family family,
			struct address_range range,
			struct assert_outcome *outcome)
{
	struct address_number at = range.first;

	if (range.last.high != range.first.high ||
	    range.last.low - range.first.low >= ONE_BY_ONE)
		return false;
	for (;;) {
		struct assert_outcome one =
			assert_address(arena, question, assertion, wish,
				       address_of_number(at, family));

		if (is_worse(&one, outcome) || outcome->result == ASSERT_PASSES)
			*outcome = one;
		if (address_number_compare(at, range.last) == 0)
			return true;
		address_number_next(at, &at);
	}
}

struct assert_outcome
access_assert_range(struct arena *arena, const struct export_question *question,
		    const struct assertion *assertion,
		    const struct access_wish *wish, enum ip_family family,
		    struct address_range range)
{
	struct assert_outcome outcome = { .result = ASSERT_PASSES };
	struct address_segments segments;

	address_segments_cut(arena, question, family, range, &segments);
	if (segments.scattered) {
		if (!assert_each(arena, question, assertion, wish, family,
				 range, &outcome))
			outcome = (struct assert_outcome){
				.result = ASSERT_UNDECIDED,
				.reason = "a netmask with holes matches "
					  "addresses here and there, and these "
					  "are too many to look at each",
			};
		return outcome;
	}
	for (size_t i = 0; i < segments.list.count; i++) {
		struct assert_outcome one = assert_address(
			arena, question, assertion, wish,
			address_of_number(segments.list.items[i].first,
					  family));

		if (is_worse(&one, &outcome) || outcome.result == ASSERT_PASSES)
			outcome = one;
	}
	return outcome;
}
