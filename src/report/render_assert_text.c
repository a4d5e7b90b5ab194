/* Assertions that do not hold, for people and editors. */
#include "assert_report.h"
#include "entry_place.h"
#include "text_escape.h"
#include "text_wrap.h"

static void write_item(FILE *out, const struct assert_report *report,
		       const struct assert_item *item)
{
	const struct assert_outcome *outcome = &item->outcome;
	struct source_position at =
		source_position(report->arena, item->source, item->span.begin);
	char address[IP_ADDRESS_TEXT];
	struct strbuf line = { 0 };

	text_escape_write(out, str_of(item->source->name));
	fprintf(out, ":%u: %s%s%s: ", at.line, report->color ? "\033[31m" : "",
		assert_result_name(outcome->result),
		report->color ? "\033[0m" : "");
	text_escape_write(out, assert_item_text(item));
	putc('\n', out);
	if (outcome->counterexample.family != IP_NONE)
		strbuf_printf(&line, "%s at %.*s: ",
			      ip_address_text(outcome->counterexample, address),
			      STR_ARG(item->path));
	strbuf_add_text(&line, outcome->reason);
	if (outcome->entry) {
		struct entry_place place = entry_place_of(
			report->arena, report->table, outcome->entry);

		strbuf_printf(&line, " (%s:%u)", place.file, place.line);
	}
	text_wrap_write(out, "    ", strbuf_str(&line));
	strbuf_free(&line);
}

void render_assert_text(FILE *out, const struct assert_report *report)
{
	for (size_t i = 0; i < report->items.count; i++)
		if (report->items.items[i].outcome.result != ASSERT_PASSES)
			write_item(out, report, &report->items.items[i]);
	if (report->quiet)
		return;
	fprintf(out, "%zu of %zu assertions hold\n", report->passed,
		report->items.count);
}
