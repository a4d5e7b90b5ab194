#include "rule.h"

/* Where ZFS on Linux writes what it shares. */
static const char zfs_file[] = "/etc/exports.d/zfs.exports";

static bool is_of_zfs(const struct rule_run *run,
		      const struct export_entry *entry)
{
	const struct export_documents *documents = run->table->input.documents;

	return strcmp(documents->list.items[entry->document].source.name,
		      zfs_file) == 0;
}

static void report(struct rule_run *run, const struct export_entry *ours,
		   const struct export_entry *theirs)
{
	struct str path = export_entry_path(run->arena, run->table, ours);
	struct finding *finding = rule_report(
		run, ours, export_entry_span(run->table, ours),
		"%.*s is also shared by ZFS: the clients of both have access, "
		"and ZFS withdraws the path when it stops to share it",
		STR_ARG(path));

	rule_relate(run, finding, theirs, "from the property sharenfs");
	finding->fix.description = "set sharenfs=off, or delete the line";
}

static void check(struct rule_run *run)
{
	const struct export_table *table = run->table;
	size_t paths = table->input.lookups->paths.list.count;
	const struct export_entry **shared = arena_alloc_array(
		run->arena, paths, sizeof(struct export_entry *));

	for (size_t i = 0; i < table->entries.count; i++) {
		const struct export_entry *entry = &table->entries.items[i];

		if (entry->state == EXPORT_LOADED && is_of_zfs(run, entry))
			shared[entry->path] = entry;
	}
	for (size_t i = 0; i < table->entries.count; i++) {
		const struct export_entry *entry = &table->entries.items[i];

		if (entry->state != EXPORT_LOADED || is_of_zfs(run, entry) ||
		    !shared[entry->path])
			continue;
		report(run, entry, shared[entry->path]);
		shared[entry->path] = NULL;
	}
}

const struct rule rule_zfs_double_share = {
	.slug = "zfs-double-share",
	.severity = SEVERITY_MEDIUM,
	.needs = NEEDS_FILES,
	.traits = TRAIT_ALL,
	.summary = "a path that ZFS shares and exports files export as well",
	.rationale = "ZFS writes what has the property sharenfs to "
		     "/etc/exports.d/zfs.exports, and exports and unexports "
		     "it by itself. A second entry elsewhere adds its clients, "
		     "and goes with the first one when the dataset is no "
		     "longer shared.",
	.remedy = "Export a dataset in one way: with sharenfs, or with a line "
		  "and sharenfs=off.",
	.bad = "# /etc/exports\n/tank/data 10.1.0.0/24(rw)\n"
	       "# /etc/exports.d/zfs.exports\n/tank/data *(ro)\n",
	.good = "# /etc/exports\n/srv/data 10.1.0.0/24(rw)\n"
		"# /etc/exports.d/zfs.exports\n/tank/data 10.2.0.0/24(ro)\n",
	.references = (const char *const[]){ "zfsprops(7), sharenfs", NULL },
	.check_table = check,
};
