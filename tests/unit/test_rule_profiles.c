#include "rule_profiles.h"

#include "rule_catalog.h"
#include "unit_test.h"

static void test_rules_exist(void **state)
{
	(void)state;
	for (const struct rule_profile *profile = rule_profiles; profile->name;
	     profile++)
		for (const struct profile_level *level = profile->levels;
		     level->slug; level++)
			if (!rule_find(level->slug))
				fail_msg("%s names %s, which is no rule",
					 profile->name, level->slug);
}

static enum severity severity_in(const char *profile, const char *slug,
				 enum severity severity)
{
	return rule_profile_severity(rule_profile_find(profile),
				     rule_find(slug), severity);
}

static void test_severities(void **state)
{
	(void)state;
	assert_int_equal(
		severity_in("default", "no-root-squash", SEVERITY_HIGH),
		SEVERITY_HIGH);
	assert_int_equal(severity_in("strict", "sec-sys-only", SEVERITY_INFO),
			 SEVERITY_MEDIUM);
	assert_int_equal(severity_in("hpc", "no-root-squash", SEVERITY_HIGH),
			 SEVERITY_LOW);
	/* everybody is let in */
	assert_int_equal(
		severity_in("hpc", "no-root-squash", SEVERITY_CRITICAL),
		SEVERITY_CRITICAL);
	assert_int_equal(
		severity_in("stig", "sec-sys-fallback", SEVERITY_CRITICAL),
		SEVERITY_CRITICAL);
	assert_null(rule_profile_find("none"));
	assert_ptr_equal(rule_profile_find("default"), rule_profiles);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_rules_exist),
		cmocka_unit_test(test_severities),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
