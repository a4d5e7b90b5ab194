#include "flavor_story.h"

#include "table_fixture.h"
#include "unit_test.h"

static const struct {
	const char *text;
	enum flavor_oddity oddity;
	const char *flavor;
	uint32_t flag;
} rows[] = {
	{ "/a h(rw)", FLAVORS_FINE, NULL, 0 },
	{ "/a h(rw,sec=krb5p:sys)", FLAVORS_FINE, NULL, 0 },
	{ "/a h(sec=krb5p,rw,sec=sys,ro)", FLAVORS_FINE, NULL, 0 },
	{ "/a h(sec=sys,ro,sec=krb5p,rw)", FLAVORS_FINE, NULL, 0 },
	{ "/a -sec=krb5p,rw h(sec=krb5p,ro)", FLAVORS_FINE, NULL, 0 },
	{ "/a -sec=sys,rw h(ro)", FLAVORS_OVERRIDDEN, "sys", EXPORT_READ_ONLY },
	{ "/a -sec=sys,rw h(ro,sec=sys)", FLAVORS_OVERRIDDEN, "sys",
	  EXPORT_READ_ONLY },
	{ "/a -sec=sys,no_root_squash h(rw,root_squash)", FLAVORS_OVERRIDDEN,
	  "sys", EXPORT_ROOT_SQUASH },
	{ "/a -sec=krb5p,ro h(rw)", FLAVORS_OVERRIDDEN, "krb5p",
	  EXPORT_READ_ONLY },
	{ "/a h(sec=krb5,rw,sec=sys)", FLAVORS_LEAK, "sys", EXPORT_READ_ONLY },
	{ "/a h(sec=krb5,no_root_squash,sec=sys,ro)", FLAVORS_LEAK, "sys",
	  EXPORT_ROOT_SQUASH },
	{ "/a h(rw,sec=krb5,rw,sec=sys)", FLAVORS_FINE, NULL, 0 },
	{ "/a h(sec=sys,rw,sec=krb5p)", FLAVORS_FINE, NULL, 0 },
	{ "/a h(sec=krb5p,ro,sec=sys,rw)", FLAVORS_UPSIDE_DOWN, "sys",
	  EXPORT_READ_ONLY },
	{ "/a h(sec=krb5p,all_squash,sec=sys,no_all_squash)",
	  FLAVORS_UPSIDE_DOWN, "sys", EXPORT_ALL_SQUASH },
	{ "/a h(rw,sec=sys,ro,sec=krb5p)", FLAVORS_NARROWED, "krb5p",
	  EXPORT_READ_ONLY },
	{ "/a h(sec=krb5,sec=krb5p,rw)", FLAVORS_LEFT_OUT, "krb5",
	  EXPORT_READ_ONLY },
	{ "/a -sec=sys h(sec=krb5p)", FLAVORS_ADDED, "sys", 0 },
	{ "/a -sec=krb5p h(sec=krb5i)", FLAVORS_FINE, NULL, 0 },
};

static void test_oddities(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct table_fixture fixture;
		struct flavor_story story;

		table_fixture_of(&fixture, rows[i].text);
		assert_int_equal(fixture.table.entries.count, 1);
		story = flavor_story_of(&fixture.table,
					fixture.table.entries.items[0].policy);
		if (story.oddity != rows[i].oddity)
			fail_msg("%s: %d", rows[i].text, story.oddity);
		if (rows[i].flavor) {
			assert_string_equal(story.flavor, rows[i].flavor);
			assert_int_equal(story.flag, rows[i].flag);
		}
		table_fixture_free(&fixture);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_oddities),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
