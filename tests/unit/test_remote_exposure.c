#include "remote_exposure.h"

#include "server_survey.h"
#include "unit_test.h"

static struct str one[] = { STR("/srv") };

#define ONE                                                                    \
	{                                                                      \
		.count = 1, .named = { one, 1, 1 }                             \
	}

static void find(const struct server_survey *survey,
		 struct remote_exposure *exposure)
{
	static const struct export_documents no_documents;
	const struct export_table table = { .input.documents = &no_documents };
	struct source source = { .name = "nas1" };
	const struct local_state local = {
		.survey = survey,
		.sources = { &source, 1, 1 },
	};

	remote_exposure_find(&table, &local, exposure);
}

/* Surveys of which each shows more than the one before it. */
static const struct server_survey surveys[] = {
	{ .via = "mount3/tcp", .answered = true, .tls = SURVEY_TLS_OFFERED },
	{ .via = "mount3/tcp",
	  .answered = true,
	  .exports = 1,
	  .tls = SURVEY_TLS_OFFERED },
	{ .via = "nfs4.2",
	  .answered = true,
	  .exports = 1,
	  .with_sys = ONE,
	  .reached = ONE,
	  .tls = SURVEY_TLS_OFFERED },
	{ .via = "mount3/tcp",
	  .answered = true,
	  .exports = 1,
	  .with_sys = ONE,
	  .for_everybody = ONE,
	  .tls = SURVEY_TLS_NONE },
	{ .via = "mount3/tcp",
	  .answered = true,
	  .exports = 1,
	  .mounts = 1,
	  .tells_mounts = true,
	  .with_sys = ONE,
	  .with_none = ONE,
	  .for_everybody = ONE,
	  .reached = ONE,
	  .entered = ONE,
	  .nfs_versions = 1 << 2 | 1 << 3,
	  .nfs_udp = true,
	  .rpcbind_udp = true,
	  .rpcbind_list = 900,
	  .tls = SURVEY_TLS_NONE },
};

static void test_more_is_more(void **state)
{
	struct remote_exposure exposure;
	unsigned before = 0;

	(void)state;
	for (size_t i = 0; i < COUNT(surveys); i++) {
		unsigned sum = 0;

		find(&surveys[i], &exposure);
		assert_true(exposure.known);
		for (unsigned k = 0; k < exposure.count; k++)
			sum += exposure.reasons[k].tenths;
		assert_int_equal(sum, exposure.tenths);
		assert_true(i ? exposure.tenths > before : !exposure.tenths);
		before = exposure.tenths;
	}
	/* of the flavors, and of TLS, one weight counts */
	assert_int_equal(before, EXPOSURE_MAX);
	assert_int_equal(exposure.count, 9);
}

static void test_silent(void **state)
{
	const struct server_survey silent = { .status = "unreachable" };
	struct remote_exposure exposure;

	(void)state;
	find(&silent, &exposure);
	assert_false(exposure.known);
	assert_int_equal(exposure.tenths, 0);
	assert_int_equal(exposure.count, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_more_is_more),
		cmocka_unit_test(test_silent),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
