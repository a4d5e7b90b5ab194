#include "kept_answers.h"

#include <stdlib.h>

#include "rpc_limits.h"
#include "unit_test.h"

static struct server_answer *answer_of(size_t exports)
{
	struct server_answer *answer =
		server_answer_new((struct ip_address){ .family = IP_V4 });

	answer->status = ANSWER_OK;
	answer->complete = answer->gives_list = true;
	ARRAY_RESERVE(answer->arena, &answer->exports, exports);
	answer->exports.count = exports;
	return answer;
}

static void free_answers(struct server_answer **answers, size_t count)
{
	for (size_t i = 0; i < count; i++)
		arena_free(answers[i]->arena);
}

static void test_nothing_is_cut_below_the_bound(void **state)
{
	struct server_answer *answers[] = { answer_of(10), answer_of(5000) };
	struct kept_answers kept = { 0 };

	(void)state;
	kept.bound =
		server_answer_size(answers[0]) + server_answer_size(answers[1]);
	for (size_t i = 0; i < COUNT(answers); i++)
		kept_answers_add(&kept, answers[i]);
	for (size_t i = 0; i < COUNT(answers); i++)
		assert_int_equal(answers[i]->status, ANSWER_OK);
	kept_answers_free(&kept);
	free_answers(answers, COUNT(answers));
}

static void test_the_largest_are_cut(void **state)
{
	struct server_answer *answers[300];
	struct kept_answers kept = { 0 };
	size_t cut = 0;

	(void)state;
	for (size_t i = 0; i < COUNT(answers); i++)
		answers[i] = answer_of((i * 7919) % COUNT(answers) * 100);
	kept.bound = 2000000;
	for (size_t i = 0; i < COUNT(answers); i++)
		kept_answers_add(&kept, answers[i]);
	assert_true(kept.total <= kept.bound);
	for (size_t i = 0; i < COUNT(answers); i++)
		if (answers[i]->status == ANSWER_TOO_LARGE) {
			assert_false(answers[i]->gives_list);
			assert_false(answers[i]->complete);
			assert_null(answers[i]->exports.items);
			assert_non_null(answers[i]->error);
			cut++;
		}
	assert_in_range(cut, 1, COUNT(answers) - 1);
	/* the small ones stay */
	for (size_t i = 0; i < COUNT(answers); i++)
		if ((i * 7919) % COUNT(answers) < 20)
			assert_int_equal(answers[i]->status, ANSWER_OK);
	kept_answers_free(&kept);
	free_answers(answers, COUNT(answers));
}

static void test_one_answer_above_the_bound(void **state)
{
	struct server_answer *answer = answer_of(100000);
	struct kept_answers kept = { .bound = 1000 };

	(void)state;
	kept_answers_add(&kept, answer);
	assert_int_equal(answer->status, ANSWER_TOO_LARGE);
	assert_int_equal(kept.count, 0);
	kept_answers_free(&kept);
	arena_free(answer->arena);
}

static void test_bare_answers_need_not_stay(void **state)
{
	struct server_answer *large[] = { answer_of(5000), answer_of(6000) };
	struct kept_answers kept = { .bound = 100000 };

	(void)state;
	for (size_t i = 0; i < COUNT(large); i++) {
		struct server_answer *bare = server_answer_new(
			(struct ip_address){ .family = IP_V4 });

		assert_true(server_answer_is_bare(bare));
		assert_false(server_answer_is_bare(large[i]));
		kept_answers_add(&kept, bare);
		arena_free(bare->arena);
		kept_answers_add(&kept, large[i]);
	}
	assert_int_equal(kept.count, 1);
	assert_int_equal(large[0]->status, ANSWER_OK);
	assert_int_equal(large[1]->status, ANSWER_TOO_LARGE);
	kept_answers_free(&kept);
	free_answers(large, COUNT(large));
}

/* Room that is reserved and not used costs no memory. */
static void test_the_bound_of_a_sweep(void **state)
{
	struct server_answer *answers[5];
	struct kept_answers kept = { .bound = LIMIT_KEPT_BYTES };
	size_t fifth = LIMIT_KEPT_BYTES / COUNT(answers) /
		       sizeof(*answers[0]->exports.items);

	(void)state;
	for (size_t i = 0; i < COUNT(answers); i++) {
		answers[i] = answer_of(fifth);
		kept_answers_add(&kept, answers[i]);
	}
	assert_int_equal(kept.count, COUNT(answers) - 1);
	assert_true(kept.total <= LIMIT_KEPT_BYTES);
	kept_answers_free(&kept);
	free_answers(answers, COUNT(answers));
}

static void test_no_bound(void **state)
{
	struct server_answer *answer = answer_of(100000);
	struct kept_answers kept = { 0 };

	(void)state;
	kept_answers_add(&kept, answer);
	assert_int_equal(answer->status, ANSWER_OK);
	kept_answers_free(&kept);
	arena_free(answer->arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_nothing_is_cut_below_the_bound),
		cmocka_unit_test(test_the_largest_are_cut),
		cmocka_unit_test(test_one_answer_above_the_bound),
		cmocka_unit_test(test_bare_answers_need_not_stay),
		cmocka_unit_test(test_the_bound_of_a_sweep),
		cmocka_unit_test(test_no_bound),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
