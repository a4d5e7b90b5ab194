#include "rule.h"

static const char *name_of(const struct rule_run *run, uint32_t document)
{
	const struct export_documents *documents = run->table->input.documents;

	return documents->list.items[document].source.name;
}

/* Does a listing show them in another order than exportfs reads them? */
static bool is_surprising(const struct rule_run *run, uint32_t first,
			  uint32_t second)
{
	const struct str folder = STR("/etc/exports.d/");
	const char *a = name_of(run, first), *b = name_of(run, second);

	return str_starts(str_of(a), folder) &&
	       str_starts(str_of(b), folder) && strcmp(a, b) > 0;
}

static void report(struct rule_run *run, const struct export_entry *entry,
		   const struct export_entry *first)
{
	struct str path = export_entry_path(run->arena, run->table, entry);
	struct finding *finding = rule_report(
		run, entry, export_entry_span(run->table, entry),
		"exportfs reads %s before this file, by the numbers in their "
		"names, and of %.*s the first entry holds",
		name_of(run, first->document), STR_ARG(path));

	rule_relate(run, finding, first, "this one is read first");
}

static void check(struct rule_run *run)
{
	const struct export_table *table = run->table;
	size_t paths = table->input.lookups->paths.list.count;
	const struct export_entry **first = arena_alloc_array(
		run->arena, paths, sizeof(struct export_entry *));
	uint32_t reported = UINT32_MAX;

	for (size_t i = 0; i < table->entries.count; i++) {
		const struct export_entry *entry = &table->entries.items[i];

		if (entry->path == UINT32_MAX)
			continue;
		if (!first[entry->path]) {
			first[entry->path] = entry;
		} else if (entry->document != reported &&
			   is_surprising(run, first[entry->path]->document,
					 entry->document)) {
			report(run, entry, first[entry->path]);
			reported = entry->document;
		}
	}
}

const struct rule rule_exports_d_order = {
	.slug = "exports-d-order",
	.severity = SEVERITY_INFO,
	.needs = NEEDS_FILES,
	.traits = TRAIT_ALL,
	.summary = "files of /etc/exports.d that are read in another order "
		   "than ls shows",
	.rationale = "Numbers in the names are compared as numbers, and one "
		     "with a leading zero comes before all others: 010-a, "
		     "9-a, 10-a. Where two files have the same path and "
		     "client, the one that is read first wins.",
	.remedy = "Give all numbers the same length.",
	.bad = "# /etc/exports.d/9-a.exports\n/srv/data 10.1.0.0/24(rw)\n"
	       "# /etc/exports.d/10-b.exports\n/srv/data 10.2.0.0/24(ro)\n",
	.good = "# /etc/exports.d/09-a.exports\n/srv/data 10.1.0.0/24(rw)\n"
		"# /etc/exports.d/10-b.exports\n/srv/data 10.2.0.0/24(ro)\n",
	.references = (const char *const[]){ "exports(5), Extra Export Tables",
					     "strverscmp(3)", NULL },
	.check_table = check,
};
