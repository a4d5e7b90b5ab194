#include "show_report.h"

#include "table_fixture.h"
#include "unit_test.h"

static void check(bool partial, const char *expected)
{
	struct table_fixture fixture;
	struct show_report report = { .table = &fixture.table,
				      .partial = partial };
	char *text = NULL;
	size_t length;
	FILE *out = open_memstream(&text, &length);

	assert_non_null(out);
	table_fixture_of(&fixture, "");
	report.arena = fixture.arena;
	render_show_json(out, &report);
	fclose(out);
	assert_string_equal(text, expected);
	free(text);
	table_fixture_free(&fixture);
}

/* Only work that was interrupted is marked. */
static void test_partial(void **state)
{
#define HEAD                                                                   \
	"{\"schema\":\"exportctl-show/"                                        \
	"1\",\"target\":{\"nfs_utils\":\"2.6.2\","                             \
	"\"kernel\":\"6.1\"},\"files\":[\"1\"]"

	(void)state;
	check(false, HEAD ",\"entries\":[]}\n");
	check(true, HEAD ",\"partial\":true,\"entries\":[]}\n");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_partial),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
