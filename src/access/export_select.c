#include "export_select.h"

#include "local_paths.h"

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

static struct export_decision decide(const struct export_question *question,
				     struct path_entries *entries)
{
	return question->slowly
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

static bool has_fsid_zero(const struct export_policy *policy)
{
	return policy->flags & EXPORT_FSID && policy->fsid == 0;
}

/* The root of NFSv4 for a client, where fsid=0 makes one; NOT_EXPORTED if
 * nobody wrote it, so that mountd makes a pseudo-root. */
static struct export_selection
select_root(const struct export_question *question)
{
	struct export_index *index = question->index;
	struct export_selection none = selection(SELECT_NOT_EXPORTED, NULL);

	for (size_t i = 0; i < index->root_count; i++) {
		struct export_decision decision =
			decide(question, index->roots[i]);

		if (decision.answer == MATCH_DEPENDS)
			return selection(SELECT_NAMES, decision.entry);
		if (decision.answer == MATCH_YES &&
		    has_fsid_zero(policy_of(index, decision.entry)))
			return selection(SELECT_ENTRY, decision.entry);
		none.reason = SELECT_NO_ROOT;
	}
	return none;
}

enum same_system { SAME_NO, SAME_YES, SAME_UNKNOWN };

static enum same_system same_file_system(const struct export_question *question,
					 struct str a, struct str b)
{
	const struct mountinfo_mount *x, *y;

	if (!question->local || !question->local->mounts_known)
		return SAME_UNKNOWN;
	x = local_paths_mount(question->local, a);
	y = local_paths_mount(question->local, b);
	if (!x || !y)
		return SAME_UNKNOWN;
	return x->major == y->major && x->minor == y->minor ? SAME_YES
							    : SAME_NO;
}

/* Where the walk of an NFSv4 client has come to. */
struct walk {
	const struct export_question *question;
	struct export_selection at;
	struct str path; /* of the entry at hand */
};

static bool crosses(const struct walk *walk)
{
	return walk->at.entry &&
	       policy_of(walk->question->index, walk->at.entry)->flags &
		       EXPORT_CROSSMOUNT;
}

static bool same_policy(const struct export_entry *a,
			const struct export_entry *b)
{
	return a->policy == b->policy;
}

/* Goes on to a path that is exported. */
static void step(struct walk *walk, struct str path,
		 struct path_entries *entries)
{
	struct export_decision decision = decide(walk->question, entries);
	enum same_system same;

	if (walk->at.reason == SELECT_NAMES ||
	    walk->at.reason == SELECT_FILE_SYSTEMS)
		return;
	if (!walk->at.entry) {
		static const enum select_reason reasons[] = {
			[MATCH_NO] = SELECT_NO_ENTRY,
			[MATCH_YES] = SELECT_ENTRY,
			[MATCH_DEPENDS] = SELECT_NAMES,
		};

		walk->at = selection(reasons[decision.answer], decision.entry);
		walk->path = path;
		return;
	}
	same = same_file_system(walk->question, walk->path, path);
	if (same == SAME_YES)
		return;
	if (decision.answer == MATCH_DEPENDS) {
		walk->at = selection(SELECT_NAMES, decision.entry);
	} else if (decision.answer == MATCH_NO) {
		if (crosses(walk))
			return;
		walk->at = same == SAME_NO ? selection(SELECT_HIDDEN, NULL)
					   : selection(SELECT_FILE_SYSTEMS,
						       walk->at.entry);
	} else if (same == SAME_NO ||
		   same_policy(decision.entry, walk->at.entry)) {
		walk->at = selection(SELECT_ENTRY, decision.entry);
		walk->path = path;
	} else {
		walk->at = selection(SELECT_FILE_SYSTEMS, decision.entry);
	}
}

/* From the topmost directory down to the path. */
static void walk_down(struct walk *walk, struct str path)
{
	for (size_t end = 1; end <= path.length; end++) {
		struct str prefix = { path.data, end };
		struct path_entries *entries;

		if (end > 1 && end < path.length && path.data[end] != '/')
			continue;
		entries = export_index_path(walk->question->index, prefix);
		if (entries)
			step(walk, prefix, entries);
	}
}

static bool is_at_or_below(struct str path, struct str directory)
{
	return str_equal(path, directory) ||
	       local_path_is_below(path, directory);
}

static struct export_selection
select_by_walk(const struct export_question *question)
{
	struct export_selection root = select_root(question);
	struct walk walk = {
		.question = question,
		.at = selection(SELECT_NOT_EXPORTED, NULL),
	};

	if (root.reason == SELECT_NAMES || root.reason == SELECT_NO_ROOT)
		return root;
	if (root.reason == SELECT_ENTRY &&
	    !is_at_or_below(question->path,
			    export_table_path(question->index->table,
					      root.entry->path))) {
		root.reason = SELECT_OUTSIDE_ROOT;
		root.root = root.entry;
		return root;
	}
	walk_down(&walk, question->path);
	return walk.at;
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
		decision = decide(question, entries);
		if (decision.answer == MATCH_YES)
			return selection(SELECT_ENTRY, decision.entry);
		if (decision.answer == MATCH_DEPENDS)
			return selection(SELECT_NAMES, decision.entry);
		none.reason = SELECT_NO_ENTRY;
	} while (export_path_parent(&path));
	return none;
}

/* Does an entry want something to be mounted that is not? Without a value the
 * export itself is meant. */
static bool is_unmounted(const struct export_question *question,
			 const struct export_entry *entry)
{
	const struct export_policy *policy = policy_of(question->index, entry);
	struct str point = policy->mountpoint;

	if (!point.data || !question->local || !question->local->mounts_known)
		return false;
	if (!point.length)
		point = export_table_path(question->index->table, entry->path);
	return !local_paths_is_mount_point(question->local, point);
}

/* Is the path on another file system than the export that it lies below, which
 * does not lead there? */
static bool is_hidden(const struct export_question *question,
		      const struct export_entry *entry)
{
	struct str path =
		export_table_path(question->index->table, entry->path);

	return !(policy_of(question->index, entry)->flags &
		 EXPORT_CROSSMOUNT) &&
	       !str_equal(path, question->path) &&
	       same_file_system(question, path, question->path) == SAME_NO;
}

static enum select_reason obstacle_of(const struct export_question *question,
				      const struct export_entry *entry)
{
	if (is_unmounted(question, entry))
		return SELECT_NOT_MOUNTED;
	return is_hidden(question, entry) ? SELECT_HIDDEN : SELECT_ENTRY;
}

struct export_selection export_select(const struct export_question *question)
{
	bool by_mountd = question->nfs_version == 3;
	struct export_selection selected = by_mountd
						   ? select_for_mountd(question)
						   : select_by_walk(question);

	selected.no_client =
		!selected.entry &&
		decide(question, &question->index->clients).answer == MATCH_NO;
	if (selected.reason != SELECT_ENTRY)
		return selected;
	selected.obstacle = obstacle_of(question, selected.entry);
	if (by_mountd || selected.obstacle == SELECT_ENTRY)
		return selected;
	return selection(selected.obstacle, NULL);
}
