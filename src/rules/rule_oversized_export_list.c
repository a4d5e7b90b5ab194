#include "client_rules.h"

/* mountd ends somewhere between this and 60,000 paths, with the usual stack of
 * 8 MiB. */
enum { MANY_PATHS = 50000 };

static size_t count_paths(struct rule_run *run,
			  const struct export_entry **last)
{
	const struct export_table *table = run->table;
	bool *seen = arena_alloc_array(run->arena,
				       table->input.lookups->paths.list.count,
				       sizeof(*seen));
	size_t count = 0;

	for (size_t i = 0; i < table->entries.count; i++) {
		const struct export_entry *entry = &table->entries.items[i];

		if (entry->state != EXPORT_LOADED || seen[entry->path])
			continue;
		seen[entry->path] = true;
		if (++count == MANY_PATHS)
			*last = entry;
	}
	return count;
}

static void check(struct rule_run *run)
{
	const struct export_entry *last = NULL;
	size_t count = count_paths(run, &last);
	struct finding *finding;

	if (count < MANY_PATHS)
		return;
	finding = rule_report(
		run, last, export_entry_span(run->table, last),
		"mountd crashes when anybody asks it for the list of its %zu "
		"exported paths",
		count);
	finding->client = STR("");
	finding->fix.description = "export directories that hold others";
}

const struct rule rule_oversized_export_list = {
	.slug = "oversized-export-list",
	.severity = SEVERITY_MEDIUM,
	.needs = NEEDS_FILES, /* all of the server, not one from elsewhere */
	.traits = TRAIT_ALL,
	.summary = "50,000 exported paths or more",
	.rationale = "mountd and showmount write and read the list of exports "
		     "by recursion, one step deeper for each path. With 50,000 "
		     "to 60,000 of them the stack ends, and mountd dies of a "
		     "request that needs no rights; long before that the list "
		     "takes seconds to make.",
	.remedy = "Export a directory that holds the others, with crossmnt "
		  "where these are file systems of their own.",
	.bad = "/srv/home/00001 10.1.0.0/16(rw)\n"
	       "/srv/home/00002 10.1.0.0/16(rw)\n",
	.good = "/srv/home 10.1.0.0/16(rw)\n",
	.references =
		(const char *const[]){ "rpc.mountd(8), showmount(8)", NULL },
	.check_table = check,
};
