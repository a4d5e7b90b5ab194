#include "fix_plan.h"

#include "unit_test.h"

/* Two documents and findings about them. */
struct plan_fixture {
	struct arena *arena;
	struct export_documents documents;
	struct finding_list findings;
};

static const char text[] = "abcdefghij";

static void start(struct plan_fixture *fixture)
{
	*fixture = (struct plan_fixture){ .arena = arena_new() };
	for (int i = 0; i < 2; i++)
		*ARRAY_ADD(fixture->arena, &fixture->documents.list) =
			(struct export_document){ .source.text = str_of(text) };
}

/* Adds a finding that wants to replace a span. */
static struct finding *add(struct plan_fixture *fixture, uint32_t document,
			   uint32_t begin, uint32_t end, const char *by)
{
	struct finding *finding =
		ARRAY_ADD(fixture->arena, &fixture->findings.list);

	*finding = (struct finding){ .document = document,
				     .severity = SEVERITY_LOW,
				     .fix.safe = true };
	*ARRAY_ADD(fixture->arena, &finding->fix.edits) =
		(struct text_edit){ { begin, end }, by };
	return finding;
}

static void add_edit(struct plan_fixture *fixture, struct finding *finding,
		     uint32_t begin, uint32_t end, const char *by)
{
	*ARRAY_ADD(fixture->arena, &finding->fix.edits) =
		(struct text_edit){ { begin, end }, by };
}

/* Plans and compares what becomes of both documents; ends the fixture. */
static void expect(struct plan_fixture *fixture, enum fix_level level,
		   const char *first, const char *second)
{
	const char *expected[] = { first, second };
	struct fix_plan plan;

	fix_plan_make(fixture->arena, &fixture->documents, &fixture->findings,
		      level, SEVERITY_LOW, &plan);
	for (uint32_t i = 0; i < 2; i++) {
		struct strbuf out = { 0 };

		fix_plan_apply(fixture->arena, plan.findings.items,
			       plan.findings.count, i, str_of(text), &out);
		strbuf_add_char(&out, '\0');
		assert_string_equal(out.data, expected[i]);
		strbuf_free(&out);
	}
	arena_free(fixture->arena);
}

static void test_level_and_severity(void **state)
{
	static const struct finding_suppression suppression = { "comment",
								NULL };
	struct plan_fixture fixture;

	(void)state;
	for (enum fix_level level = FIX_NOTHING; level <= FIX_UNSAFE; level++) {
		static const char *const first[] = { text, "Abcdefghij",
						     "ABcdefghij" };

		start(&fixture);
		add(&fixture, 0, 0, 1, "A");
		add(&fixture, 0, 1, 2, "B")->fix.safe = false;
		add(&fixture, 0, 2, 3, "C")->suppressed = &suppression;
		add(&fixture, 0, 3, 4, "D")->severity = SEVERITY_INFO;
		add(&fixture, 0, 4, 5, "E")->fix.edits.count = 0;
		expect(&fixture, level, first[level], text);
	}
}

/* Each edit goes to its own document, in the order of the text, whatever the
 * order of the findings. */
static void test_documents(void **state)
{
	struct plan_fixture fixture;
	struct finding *finding;

	(void)state;
	start(&fixture);
	finding = add(&fixture, 0, 1, 2, "B");
	add_edit(&fixture, finding, 8, 9, "");
	add(&fixture, 0, 0, 1, "<>");
	add(&fixture, 0, 10, 10, "!");
	add(&fixture, 1, 0, 10, "");
	add(&fixture, 2, 0, 1, "a source that is no document");
	expect(&fixture, FIX_SAFE, "<>Bcdefghj!", "");
}

/* A finding is fixed whole or not at all, the earlier one first. */
static void test_meeting_edits(void **state)
{
	struct plan_fixture fixture;
	struct finding *finding;

	(void)state;
	start(&fixture);
	add(&fixture, 0, 2, 4, "-");
	finding = add(&fixture, 0, 0, 1, "X");
	add_edit(&fixture, finding, 3, 5, "X");
	add(&fixture, 0, 4, 5, "E");
	add(&fixture, 0, 0, 1, "A");
	expect(&fixture, FIX_SAFE, "Ab-Efghij", text);

	start(&fixture);
	add(&fixture, 0, 5, 5, "1");
	add(&fixture, 0, 5, 5, "2");
	add(&fixture, 0, 5, 6, "3");
	add(&fixture, 0, 4, 5, "");
	add(&fixture, 1, 5, 5, "4");
	expect(&fixture, FIX_SAFE, "abcd1fghij", "abcde4fghij");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_level_and_severity),
		cmocka_unit_test(test_documents),
		cmocka_unit_test(test_meeting_edits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
