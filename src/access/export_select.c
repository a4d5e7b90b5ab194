#include "export_select.h"

#include "export_walk.h"
#include "local_paths.h"

/* So few that an index of them takes longer to make than to do without. */
enum { FEW_ENTRIES = 4 };

bool export_path_parent(struct str *path)
{
	size_t length = path->length;

	if (length <= 1)
		return false;
	while (length && path->data[length - 1] != '/')
		length--;
	path->length = length > 1 ? length - 1 : 1;
	return true;
}

struct export_decision export_decide(const struct export_question *question,
				     struct path_entries *entries)
{
	return question->slowly || entries->list.count <= FEW_ENTRIES
		       ? export_index_decide_slowly(question->index, entries,
						    question->client)
		       : export_index_decide(question->index, entries,
					     question->client);
}

static struct export_selection selection(enum select_reason reason,
					 const struct export_entry *entry)
{
	return (struct export_selection){ .reason = reason, .entry = entry };
}

static const struct export_policy *policy_of(const struct export_index *index,
					     const struct export_entry *entry)
{
	return &index->table->policies.list.items[entry->policy];
}

static struct export_selection
select_for_mountd(const struct export_question *question)
{
	struct export_selection none = selection(SELECT_NOT_EXPORTED, NULL);
	struct str path = question->path;

	do {
		struct path_entries *entries =
			export_index_path(question->index, path);
		struct export_decision decision;

		if (!entries)
			continue;
		decision = export_decide(question, entries);
		if (decision.answer == MATCH_YES)
			return selection(SELECT_ENTRY, decision.entry);
		if (decision.answer == MATCH_DEPENDS)
			return selection(SELECT_NAMES, decision.entry);
		none.reason = SELECT_NO_ENTRY;
	} while (export_path_parent(&path));
	return none;
}

static bool mounts_are_known(const struct export_question *question)
{
	return question->local && question->local->mounts_known;
}

/* Are both on one device, as stat(2) has it? True where it is not known. */
static bool same_device(const struct export_question *question, struct str a,
			struct str b)
{
	const struct mountinfo_mount *x, *y;

	if (!mounts_are_known(question))
		return true;
	x = local_paths_mount(question->local, a);
	y = local_paths_mount(question->local, b);
	return !x || !y || (x->major == y->major && x->minor == y->minor);
}

/* nfs-utils takes a directory for a mount point if the one above it is on
 * another device, or is the same. */
bool export_is_unmounted(const struct export_question *question,
			 const struct export_entry *entry)
{
	const struct export_policy *policy = policy_of(question->index, entry);
	struct str point = policy->mountpoint, above;

	if (!point.data || !mounts_are_known(question))
		return false;
	if (!point.length)
		point = export_table_path(question->index->table, entry->path);
	above = point;
	return export_path_parent(&above) &&
	       same_device(question, point, above);
}

/* Why MNT fails for a path that mountd grants. */
static enum select_reason obstacle_of(const struct export_question *question,
				      const struct export_entry *entry)
{
	struct str path =
		export_table_path(question->index->table, entry->path);

	if (export_is_unmounted(question, entry))
		return SELECT_NOT_MOUNTED;
	if (!(policy_of(question->index, entry)->flags & EXPORT_CROSSMOUNT) &&
	    !same_device(question, path, question->path))
		return SELECT_HIDDEN;
	return SELECT_ENTRY;
}

struct export_selection export_select(const struct export_question *question)
{
	bool by_mountd = question->nfs_version == 3;
	struct export_selection selected =
		by_mountd ? select_for_mountd(question) : export_walk(question);

	selected.no_client =
		!selected.entry &&
		export_decide(question, &question->index->clients).answer ==
			MATCH_NO;
	if (by_mountd && selected.reason == SELECT_ENTRY)
		selected.obstacle = obstacle_of(question, selected.entry);
	return selected;
}
