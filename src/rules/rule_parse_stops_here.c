#include "rule.h"

enum { NAMED_PATHS = 3 };

/* The entries behind one stop: a run in the table, because reading goes on in
 * the next file only. */
struct lost {
	size_t begin, end;
	size_t paths;
	size_t first[NAMED_PATHS]; /* entry of each of the first paths */
};

static bool is_lost(const struct export_table *table,
		    const struct export_entry *entry)
{
	return entry->state == EXPORT_NOT_REACHED &&
	       table->diags.list.items[entry->cause].kind != PROBLEM_ABORT;
}

static struct lost lost_from(const struct export_table *table, size_t begin)
{
	const struct export_entry *entries = table->entries.items;
	struct lost lost = { .begin = begin, .end = begin };
	uint32_t line = UINT32_MAX;

	for (; lost.end < table->entries.count; lost.end++) {
		const struct export_entry *entry = &entries[lost.end];

		if (entry->document != entries[begin].document)
			break;
		if (!is_lost(table, entry) || entry->syntax_entry == line)
			continue;
		line = entry->syntax_entry;
		if (lost.paths < NAMED_PATHS)
			lost.first[lost.paths] = lost.end;
		lost.paths++;
	}
	return lost;
}

static size_t count_lost(const struct export_table *table,
			 const struct lost *lost)
{
	size_t count = 0;

	for (size_t i = lost->begin; i < lost->end; i++)
		count += is_lost(table, &table->entries.items[i]);
	return count;
}

static const char *list_paths(struct rule_run *run, const struct lost *lost)
{
	const char *list = "";

	for (size_t i = 0; i < lost->paths && i < NAMED_PATHS; i++) {
		const struct export_entry *entry =
			&run->table->entries.items[lost->first[i]];

		list = arena_printf(run->arena, "%s%s%.*s", list, i ? ", " : "",
				    STR_ARG(export_entry_written_path(
					    run->arena, run->table, entry)));
	}
	if (lost->paths > NAMED_PATHS)
		list = arena_printf(run->arena, "%s and %zu more", list,
				    lost->paths - NAMED_PATHS);
	return list;
}

static void report(struct rule_run *run, const struct lost *lost)
{
	const struct export_table *table = run->table;
	const struct export_entry *first = &table->entries.items[lost->begin];
	const struct diag *stop = &table->diags.list.items[first->cause];
	size_t count = count_lost(table, lost);
	struct finding *finding;

	finding = rule_report_place(
		run, stop->source, stop->span,
		"exportfs stops reading here and withdraws %s behind: %s",
		count == 1 ? "the export"
			   : arena_printf(run->arena, "the %zu exports", count),
		list_paths(run, lost));
	for (size_t i = 0; i < lost->paths && i < NAMED_PATHS; i++)
		rule_relate(run, finding, &table->entries.items[lost->first[i]],
			    "not exported");
}

static void check(struct rule_run *run)
{
	const struct export_table *table = run->table;

	for (size_t i = 0; i < table->entries.count;) {
		struct lost lost;

		if (!is_lost(table, &table->entries.items[i])) {
			i++;
			continue;
		}
		lost = lost_from(table, i);
		report(run, &lost);
		i = lost.end;
	}
}

const struct rule rule_parse_stops_here = {
	.slug = "parse-stops-here",
	.severity = SEVERITY_CRITICAL,
	.loses = true,
	.traits = TRAIT_ALL,
	.summary = "an error that hides the rest of the file",
	.rationale = "exportfs does not skip an entry in error: it stops "
		     "reading the file. With exportfs -r, and so with every "
		     "reload, the exports behind the error are withdrawn from "
		     "clients that use them. Debian's nfs-server unit ignores "
		     "the exit status, so the restart seems to succeed.",
	.remedy = "Correct the error that is reported at the same place.",
	.bad = "/srv/data 10.1.0.0/24(rw,no_root_sqash)\n/srv/more "
	       "10.1.0.0/24(ro)\n",
	.good = "/srv/data 10.1.0.0/24(rw)\n/srv/more 10.1.0.0/24(ro)\n",
	.references = (const char *const[]){ "exportfs(8)", NULL },
	.check_table = check,
};
