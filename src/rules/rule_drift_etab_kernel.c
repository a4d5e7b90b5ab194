#include "id_table.h"
#include "live_state.h"
#include "octal_text.h"
#include "rule.h"

/* The paths of etab, as the kernel spells them: without escapes. */
struct etab_paths {
	struct arena *arena;
	ARRAY(struct str) list;
	struct id_table by_path;
};

static void add_path(struct etab_paths *paths, struct str path)
{
	uint32_t hash = hash_bytes(0, path);

	ID_TABLE_EACH (&paths->by_path, hash, id)
		if (str_equal(paths->list.items[id], path))
			return;
	id_table_add(paths->arena, &paths->by_path, hash,
		     (uint32_t)paths->list.count);
	*ARRAY_ADD(paths->arena, &paths->list) = path;
}

static bool has_path(const struct etab_paths *paths, struct str path)
{
	ID_TABLE_EACH (&paths->by_path, hash_bytes(0, path), id)
		if (str_equal(paths->list.items[id], path))
			return true;
	return false;
}

static void index_etab(struct etab_paths *paths, struct str etab)
{
	struct str line, path;

	while (str_take(&etab, '\n', &line))
		if (str_take(&line, '\t', &path) && path.length)
			add_path(paths, octal_text_decode(paths->arena, path));
}

/* What lies below an export with crossmnt is an entry of its own in the
 * kernel. */
static bool has_ancestor(const struct etab_paths *paths, struct str path)
{
	while (path.length > 1) {
		while (path.length && path.data[path.length - 1] != '/')
			path.length--;
		if (path.length > 1)
			path.length--;
		if (has_path(paths, path))
			return true;
	}
	return false;
}

static void check(struct rule_run *run)
{
	const struct live_state *live = run->local->live;
	struct etab_paths paths = { .arena = run->arena };

	if (!live->etab || !live->kernel_exports)
		return;
	index_etab(&paths, live->etab->text);
	for (size_t i = 0; i < live->kernel_exports->list.count; i++) {
		const struct kernel_export *export =
			&live->kernel_exports->list.items[i];
		struct finding *finding;

		if (export->is_pseudo || has_path(&paths, export->path) ||
		    has_ancestor(&paths, export->path))
			continue;
		finding = rule_report_local(
			run, live->etab->source, (struct span){ 0 },
			"the kernel still serves %.*s to %.*s, which etab does "
			"not have",
			STR_ARG(export->path), STR_ARG(export->domain));
		finding->path = export->path;
		finding->client = export->domain;
		finding->fix.description = "`exportfs -f` flushes its cache";
	}
}

const struct rule rule_drift_etab_kernel = {
	.slug = "drift-etab-kernel",
	.severity = SEVERITY_MEDIUM,
	.needs = NEEDS_LIVE,
	.traits = TRAIT_ALL,
	.summary = "the kernel serves what etab does not have",
	.rationale = "The kernel keeps in a cache what mountd told it of each "
		     "client. An export that was withdrawn without exportfs, "
		     "like by an edit of etab, stays in force there until the "
		     "cache is flushed or the entry expires.",
	.remedy = "Run `exportfs -f`, which empties the cache; clients notice "
		  "nothing, and those that are still allowed are asked for "
		  "again.",
	.bad = "# /proc/net/rpc/nfsd.export/content\n/srv/old  *(rw,sec=1)\n",
	.good = "# /proc/net/rpc/nfsd.export/content\n",
	.references =
		(const char *const[]){ "exportfs(8), -f", "nfsd(7)", NULL },
	.check_table = check,
};
