/* Properties that hold for any comment of an exports file. */
#include "fuzz_target.h"
#include "strbuf.h"
#include "suppression_comment.h"

static void check_span(struct span span, struct str comment)
{
	REQUIRE(span.begin <= span.end);
	REQUIRE(span.end <= comment.length);
}

static void check_rules(const struct suppression_comment *parsed,
			struct str comment)
{
	REQUIRE(parsed->error || parsed->rules.count > 0);
	for (size_t i = 0; i < parsed->rules.count; i++) {
		const struct suppressed_rule *rule = &parsed->rules.items[i];

		check_span(rule->span, comment);
		REQUIRE(rule->name.length > 0);
		REQUIRE(rule->name.data == comment.data + rule->span.begin);
		REQUIRE(str_find(rule->name, ',') == rule->name.length);
	}
}

static bool same(const struct suppression_comment *a,
		 const struct suppression_comment *b)
{
	if (b->error || a->file != b->file || a->until != b->until ||
	    !str_equal(a->reason, b->reason) ||
	    a->rules.count != b->rules.count)
		return false;
	for (size_t i = 0; i < a->rules.count; i++)
		if (!str_equal(a->rules.items[i].name, b->rules.items[i].name))
			return false;
	return true;
}

/* One that is right means the same when it is written in another way. */
static void check_again(struct arena *arena,
			const struct suppression_comment *parsed)
{
	struct suppression_comment again;
	struct strbuf text = { 0 };

	strbuf_printf(&text, "# exportctl: reason=\"%.*s\"",
		      STR_ARG(parsed->reason));
	if (parsed->until)
		strbuf_printf(&text, "\tuntil=%04u-%02u-%02u",
			      (unsigned)parsed->until / 10000,
			      (unsigned)parsed->until / 100 % 100,
			      (unsigned)parsed->until % 100);
	strbuf_printf(&text, " %s=\"", parsed->file ? "ignore-file" : "ignore");
	for (size_t i = 0; i < parsed->rules.count; i++)
		strbuf_printf(&text, "%s%.*s", i ? "," : "",
			      STR_ARG(parsed->rules.items[i].name));
	strbuf_add_char(&text, '"');
	suppression_comment_parse(arena, strbuf_str(&text), &again);
	REQUIRE(same(parsed, &again));
	strbuf_free(&text);
}

/* printf ends at a NUL, and quotes can't be quoted. */
static bool can_be_written(struct str comment)
{
	size_t quotes = 0;

	for (size_t i = 0; i < comment.length; i++) {
		if (!comment.data[i])
			return false;
		quotes += comment.data[i] == '"';
	}
	return quotes == 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct str comment = { (const char *)data, size };
	struct suppression_comment parsed;
	struct arena *arena;

	if (!suppression_comment_is(comment))
		return 0;
	arena = arena_new();
	suppression_comment_parse(arena, comment, &parsed);
	check_rules(&parsed, comment);
	if (parsed.error)
		check_span(parsed.error_span, comment);
	else if (can_be_written(comment))
		check_again(arena, &parsed);
	arena_free(arena);
	return 0;
}
