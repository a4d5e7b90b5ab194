#include "target.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void versions_are_read(void **state)
{
	static const struct {
		const char *text;
		version_number version;
	} cases[] = {
		{ "2.6.2", VERSION_NUMBER(2, 6, 2) },
		{ "6.1", VERSION_NUMBER(6, 1, 0) },
		{ "6", VERSION_NUMBER(6, 0, 0) },
		{ "6.1.0-56-amd64", VERSION_NUMBER(6, 1, 0) },
		{ "5.14.0-427.el9", VERSION_NUMBER(5, 14, 0) },
		{ "2.6.2.9", VERSION_NUMBER(2, 6, 2) },
		{ "2..3", VERSION_NUMBER(2, 0, 0) },
		{ "2.x", VERSION_NUMBER(2, 0, 0) },
		{ "2.", VERSION_NUMBER(2, 0, 0) },
		{ "6-rc1", VERSION_NUMBER(6, 0, 0) },
		{ "2.8-rc1", VERSION_NUMBER(2, 8, 0) },
		{ "4.9.1000", VERSION_NUMBER(4, 9, 999) },
		{ "99999999999999999999.1", VERSION_NUMBER(999, 1, 0) },
		{ "007.08", VERSION_NUMBER(7, 8, 0) },
	};
	static const char *const wrong[] = { "", "v2", ".1", "-1", " 1", "x" };
	version_number version;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		assert_true(version_parse(str_of(cases[i].text), &version));
		if (version != cases[i].version)
			fail_msg("%s: %u", cases[i].text, version);
	}
	for (size_t i = 0; i < sizeof(wrong) / sizeof(*wrong); i++)
		assert_false(version_parse(str_of(wrong[i]), &version));
	assert_true(version_parse((struct str){ "12", 1 }, &version));
	assert_int_equal(version, VERSION_NUMBER(1, 0, 0));
}

static void versions_are_written(void **state)
{
	char text[VERSION_TEXT];

	(void)state;
	assert_string_equal(version_text(VERSION_NUMBER(2, 6, 2), text),
			    "2.6.2");
	assert_string_equal(version_text(VERSION_NUMBER(6, 1, 0), text), "6.1");
	assert_string_equal(version_text(VERSION_NUMBER(6, 0, 0), text), "6.0");
	assert_string_equal(version_text(VERSION_NUMBER(999, 999, 999), text),
			    "999.999.999");
	assert_string_equal(version_text(UINT32_MAX, text), "4294.967.295");
}

static void targets_are_read(void **state)
{
	struct target target = { 1, 2 };
	struct failure failure;

	(void)state;
	assert_true(target_parse("kernel=6.1", &target, &failure));
	assert_int_equal(target.nfs_utils, 1);
	assert_int_equal(target.kernel, VERSION_NUMBER(6, 1, 0));
	assert_true(target_parse("kernel=5.4,nfs-utils=2.6.2-4+deb12u1",
				 &target, &failure));
	assert_int_equal(target.nfs_utils, VERSION_NUMBER(2, 6, 2));
	assert_int_equal(target.kernel, VERSION_NUMBER(5, 4, 0));
}

static void wrong_targets_are_refused(void **state)
{
	static const struct {
		const char *text, *failure;
	} cases[] = {
		{ "", "unknown target '' (nfs-utils=VERSION and "
		      "kernel=VERSION are known)" },
		{ "kernel", "target kernel lacks =VERSION" },
		{ "kernel=", "'' is not a version of kernel" },
		{ "kernel=0", "'0' is not a version of kernel" },
		{ "kernel=6.1,", "unknown target '' (nfs-utils=VERSION and "
				 "kernel=VERSION are known)" },
		{ "nfs-utils=new", "'new' is not a version of nfs-utils" },
		{ "nfs=2.6", "unknown target 'nfs' (nfs-utils=VERSION and "
			     "kernel=VERSION are known)" },
	};
	struct target target = { 1, 2 };
	struct failure failure;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		assert_false(target_parse(cases[i].text, &target, &failure));
		assert_string_equal(failure.text, cases[i].failure);
		assert_int_equal(target.nfs_utils, 1);
		assert_int_equal(target.kernel, 2);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(versions_are_read),
		cmocka_unit_test(versions_are_written),
		cmocka_unit_test(targets_are_read),
		cmocka_unit_test(wrong_targets_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
