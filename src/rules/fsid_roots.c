#include "fsid_roots.h"

#include "client_overlap.h"
#include "flavor_sets.h"
#include "number.h"

/* Roots that are compared with each other entry; where there are more, the
 * others count as good for everybody. */
enum { ROOTS_COMPARED = 64 };

struct roots {
	const struct export_entry *list[ROOTS_COMPARED];
	unsigned count;
	bool more;
};

bool is_fsid_root(const struct rule_run *run, const struct export_entry *entry)
{
	const struct export_policy *policy = rule_policy(run, entry);
	uint64_t number;

	if (entry->state != EXPORT_LOADED || !(policy->flags & EXPORT_FSID) ||
	    policy->fsid)
		return false;
	return !number_strtoul(
		       policy_value(run->table, entry->policy, OPTION_FSID),
		       &number) ||
	       number == 0;
}

static void collect(const struct rule_run *run, struct roots *roots)
{
	for (size_t i = 0; i < run->table->entries.count; i++) {
		const struct export_entry *entry =
			&run->table->entries.items[i];

		if (!is_fsid_root(run, entry))
			continue;
		if (roots->count < ROOTS_COMPARED)
			roots->list[roots->count++] = entry;
		else
			roots->more = true;
	}
}

static bool find_multiple(const struct rule_run *run, const struct roots *roots,
			  struct fsid_roots *result)
{
	for (unsigned i = 1; i < roots->count; i++)
		for (unsigned k = 0; k < i; k++) {
			const struct export_entry *a = roots->list[k];
			const struct export_entry *b = roots->list[i];

			if (a->path == b->path ||
			    !clients_may_overlap(rule_client(run, a),
						 rule_client(run, b)))
				continue;
			result->root = b;
			result->other = a;
			return true;
		}
	return false;
}

static bool is_below(struct str path, struct str directory)
{
	if (str_is(directory, "/"))
		return true;
	return str_starts(path, directory) &&
	       (path.length == directory.length ||
		path.data[directory.length] == '/');
}

bool fsid_root_leads_to(const struct rule_run *run,
			const struct export_entry *root,
			const struct export_entry *entry)
{
	return root->path != entry->path &&
	       is_below(export_table_path(run->table, entry->path),
			export_table_path(run->table, root->path)) &&
	       client_may_cover(rule_client(run, root),
				rule_client(run, entry));
}

/* Is there a root for the client of an entry, and does it lead to its path? */
static bool has_root(const struct rule_run *run, const struct roots *roots,
		     const struct export_entry *entry, bool *by_client)
{
	*by_client = true;
	for (unsigned i = 0; i < roots->count; i++) {
		const struct export_entry *root = roots->list[i];

		if (!client_may_cover(rule_client(run, root),
				      rule_client(run, entry)))
			continue;
		*by_client = false;
		if (is_below(export_table_path(run->table, entry->path),
			     export_table_path(run->table, root->path)))
			return true;
	}
	return roots->more;
}

static bool find_partial(const struct rule_run *run, const struct roots *roots,
			 struct fsid_roots *result)
{
	for (size_t i = 0; i < run->table->entries.count; i++) {
		const struct export_entry *entry =
			&run->table->entries.items[i];
		bool by_client;

		if (entry->state != EXPORT_LOADED ||
		    has_root(run, roots, entry, &by_client))
			continue;
		if (!result->others++) {
			result->other = entry;
			result->by_client = by_client;
		}
	}
	result->root = roots->list[0];
	return result->others > 0;
}

/* Is another path exported below that of a root? */
static bool leads_on(const struct rule_run *run,
		     const struct export_entry *root)
{
	struct str path = export_table_path(run->table, root->path);

	for (size_t i = 0; i < run->table->entries.count; i++) {
		const struct export_entry *entry =
			&run->table->entries.items[i];

		if (entry->state == EXPORT_LOADED &&
		    entry->path != root->path &&
		    is_below(export_table_path(run->table, entry->path), path))
			return true;
	}
	return false;
}

static bool find_writable(const struct rule_run *run, const struct roots *roots,
			  struct fsid_roots *result)
{
	for (unsigned i = 0; i < roots->count; i++) {
		result->root = roots->list[i];
		if (any_writes(rule_policy(run, result->root)) &&
		    leads_on(run, result->root))
			return true;
	}
	return false;
}

struct fsid_roots fsid_roots_of(struct rule_run *run)
{
	struct fsid_roots result = { 0 };
	struct roots roots = { .count = 0 };

	collect(run, &roots);
	if (!roots.count)
		return result;
	if (find_multiple(run, &roots, &result))
		result.trouble = FSID_MULTIPLE;
	else if (find_partial(run, &roots, &result))
		result.trouble = FSID_PARTIAL;
	else if (find_writable(run, &roots, &result))
		result.trouble = FSID_WRITABLE;
	else
		result.trouble = FSID_LEGACY;
	if (result.trouble == FSID_LEGACY)
		result.root = roots.list[0];
	return result;
}
