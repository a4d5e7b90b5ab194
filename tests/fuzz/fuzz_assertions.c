/* Properties that hold for any file of assertions. */
#include "assertion_parser.h"
#include "fuzz_target.h"

static void check_span(struct str text, struct span span)
{
	REQUIRE(span.begin <= span.end);
	REQUIRE(span.end <= text.length);
}

static void check_assertion(struct str text, const struct assertion *assertion)
{
	check_span(text, assertion->span);
	REQUIRE(assertion->span.begin < assertion->span.end);
	REQUIRE(assertion->client.length > 0);
	REQUIRE(assertion->path.length > 0);
	REQUIRE(assertion->path.data[0] == '/');
	REQUIRE(assertion->right < ASSERT_RIGHTS);
	REQUIRE(assertion->verb < ASSERT_VERBS);
	REQUIRE(!memchr(assertion->path.data, 0, assertion->path.length));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena *arena = arena_new();
	struct source source = {
		.name = "policy",
		.text = { (const char *)data, size },
	};
	struct assertions assertions;
	size_t lines = 1;

	for (size_t i = 0; i < size; i++)
		lines += data[i] == '\n';
	assertions_parse(arena, &source, &assertions);
	REQUIRE(assertions.list.count + assertions.diags.list.count <= lines);
	for (size_t i = 0; i < assertions.list.count; i++)
		check_assertion(source.text, &assertions.list.items[i]);
	for (size_t i = 0; i < assertions.diags.list.count; i++)
		check_span(source.text, assertions.diags.list.items[i].span);
	arena_free(arena);
	return 0;
}
