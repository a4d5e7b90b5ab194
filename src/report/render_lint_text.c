/* Findings for people, each with its line and what to do. */
#include "lint_report.h"
#include "source_snippet.h"
#include "text_escape.h"

static const char *const colors[SEVERITIES] = {
	[SEVERITY_INFO] = "\033[36m",	    [SEVERITY_LOW] = "\033[36m",
	[SEVERITY_MEDIUM] = "\033[33m",	    [SEVERITY_HIGH] = "\033[31m",
	[SEVERITY_CRITICAL] = "\033[1;31m",
};

static void write_place(FILE *out, const struct lint_report *report,
			struct lint_unit *unit, uint32_t document,
			uint32_t offset)
{
	struct source *source = lint_unit_source(unit, document);
	struct source_position at =
		source_position(report->arena, source, offset);

	text_escape_write(out, str_of(source->name));
	fprintf(out, ":%u:%u: ", at.line, at.column_chars);
}

static void write_note(FILE *out, const char *what, const char *text)
{
	fprintf(out, "      = %s: ", what);
	text_escape_write(out, str_of(text));
	putc('\n', out);
}

static void write_related(FILE *out, const struct lint_report *report,
			  struct lint_unit *unit, const struct finding *finding)
{
	for (size_t i = 0; i < finding->related.count; i++) {
		const struct finding_place *place = &finding->related.items[i];

		fputs("      = ", out);
		write_place(out, report, unit, place->document,
			    place->span.begin);
		text_escape_write(out, str_of(place->message));
		putc('\n', out);
	}
}

static void write_finding(FILE *out, const struct lint_report *report,
			  struct lint_unit *unit, const struct finding *finding)
{
	struct source *source = lint_unit_source(unit, finding->document);

	write_place(out, report, unit, finding->document, finding->span.begin);
	fprintf(out, "%s%s%s: ", report->color ? colors[finding->severity] : "",
		severity_names[finding->severity],
		report->color ? "\033[0m" : "");
	text_escape_write(out, str_of(finding->message));
	fprintf(out, " [%s]\n", finding->rule->slug);
	source_snippet_print(out, report->arena, source, finding->span,
			     finding->client_span);
	write_related(out, report, unit, finding);
	if (report->explain)
		write_note(out, "why", finding->rule->rationale);
	if (finding->fix.description)
		write_note(out, "fix", finding->fix.description);
	else if (report->explain)
		write_note(out, "fix", finding->rule->remedy);
}

/* Of one file and rule no more findings are shown than these, so that what is
 * no exports file at all does not drown its reader. */
enum { SHOWN_OF_RULE = 20 };

/* Findings of one rule in the file at hand. */
struct tally {
	const struct rule *rule;
	size_t count;
};

struct tallies {
	ARRAY(struct tally) list;
};

static size_t *tally_of(struct arena *arena, struct tallies *tallies,
			const struct rule *rule)
{
	struct tally *tally;

	for (size_t i = 0; i < tallies->list.count; i++)
		if (tallies->list.items[i].rule == rule)
			return &tallies->list.items[i].count;
	tally = ARRAY_ADD(arena, &tallies->list);
	*tally = (struct tally){ .rule = rule };
	return &tally->count;
}

static void write_rest(FILE *out, struct lint_unit *unit, uint32_t document,
		       struct tallies *tallies)
{
	for (size_t i = 0; i < tallies->list.count; i++) {
		const struct tally *tally = &tallies->list.items[i];

		if (tally->count <= SHOWN_OF_RULE)
			continue;
		text_escape_write(
			out, str_of(lint_unit_source(unit, document)->name));
		fprintf(out, ": and %zu more [%s]\n",
			tally->count - SHOWN_OF_RULE, tally->rule->slug);
	}
	tallies->list.count = 0;
}

static void write_unit(FILE *out, const struct lint_report *report,
		       struct lint_unit *unit)
{
	const struct finding *findings = unit->findings.list.items;
	size_t count = unit->findings.list.count;
	struct tallies tallies = { 0 };

	for (size_t i = 0; i < count; i++) {
		const struct finding *finding = &findings[i];

		if (!finding->suppressed &&
		    ++*tally_of(report->arena, &tallies, finding->rule) <=
			    SHOWN_OF_RULE)
			write_finding(out, report, unit, finding);
		if (i + 1 == count ||
		    findings[i + 1].document != finding->document)
			write_rest(out, unit, finding->document, &tallies);
	}
}

void render_lint_text(FILE *out, const struct lint_report *report)
{
	for (size_t i = 0; i < report->units.count; i++)
		write_unit(out, report, report->units.items[i]);
}
