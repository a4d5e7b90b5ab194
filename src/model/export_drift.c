#include "export_drift.h"

#include "etab_lines.h"
#include "etab_writer.h"
#include "export_renames.h"

/* The next option. Those of the ports are told once: a kernel that is not
 * loaded when exportfs runs makes it leave them out behind sec=. */
static bool next_option(struct str *options, bool *port_seen, struct str *word)
{
	while (str_take(options, ',', word)) {
		bool is_port =
			str_is(*word, "secure") || str_is(*word, "insecure");

		if (!is_port || !*port_seen) {
			*port_seen |= is_port;
			return true;
		}
	}
	return false;
}

static size_t count_ports(struct str options)
{
	size_t count = 0;
	struct str word;

	while (str_take(&options, ',', &word))
		count += str_is(word, "secure") || str_is(word, "insecure");
	return count;
}

bool export_drift_same(struct str a, struct str b)
{
	bool port_in_a = false, port_in_b = false;
	struct str of_a, of_b;

	if (str_equal(a, b))
		return true;
	if (count_ports(a) == count_ports(b))
		return false;
	while (next_option(&a, &port_in_a, &of_a))
		if (!next_option(&b, &port_in_b, &of_b) ||
		    !str_equal(of_a, of_b))
			return false;
	return !next_option(&b, &port_in_b, &of_b);
}

void export_drift_add_options(struct strbuf *out, struct str options)
{
	bool port_seen = false;
	struct str word;

	while (next_option(&options, &port_seen, &word)) {
		strbuf_add(out, word);
		strbuf_add_char(out, ',');
	}
}

static struct str copy(struct arena *arena, struct str text)
{
	return (struct str){ arena_copy(arena, text.data, text.length),
			     text.length };
}

/* wanted is the line that the files give. */
static void compare(struct arena *arena, const struct export_entry *entry,
		    struct str wanted, struct etab_lines *lines,
		    struct export_drifts *drifts)
{
	struct etab_line taken = etab_line_of(wanted);
	struct etab_line *found = etab_lines_find(lines, &taken);
	struct export_drift *drift;

	if (found)
		found->matched = true;
	if (found && export_drift_same(found->options, taken.options))
		return;
	wanted = copy(arena, wanted);
	taken = etab_line_of(wanted);
	drift = ARRAY_ADD(arena, &drifts->list);
	*drift = (struct export_drift){
		.kind = found ? DRIFT_OPTIONS : DRIFT_MISSING,
		.entry = entry,
		.path = taken.path,
		.client = taken.client,
		.wanted = taken.options,
	};
	if (found) {
		drift->line = found->span;
		drift->found = found->options;
	}
}

static void add_extra(struct arena *arena, const struct etab_lines *lines,
		      struct export_drifts *drifts)
{
	for (size_t i = 0; i < lines->list.count; i++) {
		const struct etab_line *line = &lines->list.items[i];

		if (!line->matched)
			*ARRAY_ADD(arena, &drifts->list) =
				(struct export_drift){
					.kind = DRIFT_EXTRA,
					.line = line->span,
					.path = line->path,
					.client = line->client,
					.found = line->options,
				};
	}
}

void export_drift_find(struct arena *arena, const struct export_table *table,
		       struct str etab, struct export_drifts *drifts)
{
	struct etab_writer writer = { .table = table };
	struct strbuf line = { 0 };
	struct etab_lines lines;

	*drifts = (struct export_drifts){ 0 };
	etab_lines_read(arena, etab, &lines);
	for (size_t i = 0; i < table->order.count; i++) {
		const struct export_entry *entry =
			export_table_ordered(table, i);

		strbuf_clear(&line);
		etab_writer_line(&writer, entry, &line);
		compare(arena, entry,
			(struct str){ line.data, line.length - 1 }, &lines,
			drifts);
	}
	export_renames_find(arena, table, &lines, drifts);
	add_extra(arena, &lines, drifts);
	strbuf_free(&line);
	etab_writer_free(&writer);
}

static bool has_option(struct str options, struct str wanted)
{
	struct str word;

	while (str_take(&options, ',', &word))
		if (str_equal(word, wanted))
			return true;
	return false;
}

const char *export_drift_options(struct arena *arena, struct str options,
				 struct str without)
{
	struct strbuf text = { 0 };
	struct str word;
	char *result;

	while (str_take(&options, ',', &word)) {
		/* flags stand there twice: before sec= and behind it */
		if (has_option(without, word) ||
		    has_option(strbuf_str(&text), word))
			continue;
		if (text.length)
			strbuf_add_char(&text, ',');
		strbuf_add(&text, word);
	}
	result = arena_copy(arena, strbuf_str(&text).data, text.length);
	strbuf_free(&text);
	return result;
}
