#include "render_diags.h"

#include "unit_test.h"

static void test_order_and_escapes(void **state)
{
	struct arena *arena = arena_new();
	struct export_documents documents = { 0 };
	struct diag_list diags = { 0 };
	char *text = NULL;
	size_t length;
	FILE *err = open_memstream(&text, &length);

	(void)state;
	assert_non_null(err);
	*ARRAY_ADD(arena, &documents.list) = (struct export_document){
		.source = { .name = "a", .text = STR("\xc3\xa9x\ny") }
	};
	*ARRAY_ADD(arena, &documents.list) =
		(struct export_document){ .source = { .name = "b\033",
						      .text = STR("z") } };
	diag_add(arena, &diags,
		 (struct diag){ .source = 1, .message = "last" });
	diag_add(arena, &diags,
		 (struct diag){ .span = { 4, 5 },
				.message = "second",
				.consequence = "so \n it goes" });
	diag_add(arena, &diags,
		 (struct diag){ .span = { 2, 3 }, .message = "first" });
	diag_add(arena, &diags,
		 (struct diag){ .span = { 2, 9 }, .message = "also there" });
	render_diags(err, arena, &documents, &diags);
	fclose(err);
	assert_string_equal(text, "exportctl: a:1:2: first\n"
				  "exportctl: a:1:2: also there\n"
				  "exportctl: a:2:1: second; so \\012 it goes\n"
				  "exportctl: b\\033:1:1: last\n");
	free(text);
	arena_free(arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_order_and_escapes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
