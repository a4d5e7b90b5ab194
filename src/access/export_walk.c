#include "export_walk.h"

#include "local_paths.h"

/* Where the client has come to. */
struct walk {
	const struct export_question *question;
	struct export_selection at;
	bool pseudo;   /* what is not exported leads on to what is */
	uint32_t root; /* number of the path of fsid=0; without one, none */
	bool settled;  /* it stays like this, whatever comes below */
};

static struct export_selection selection(enum select_reason reason,
					 const struct export_entry *entry)
{
	return (struct export_selection){ .reason = reason, .entry = entry };
}

static const struct export_entry *
entry_at(const struct export_question *question,
	 const struct path_entries *entries, size_t i)
{
	return &question->index->table->entries.items[entries->list.items[i]];
}

static const struct export_policy *
policy_of(const struct export_question *question,
	  const struct export_entry *entry)
{
	return &question->index->table->policies.list.items[entry->policy];
}

typedef bool policy_test(const struct export_policy *policy);

static bool has_fsid_zero(const struct export_policy *policy)
{
	return policy->flags & EXPORT_FSID && policy->fsid == 0;
}

static bool has_crossmnt(const struct export_policy *policy)
{
	return policy->flags & EXPORT_CROSSMOUNT;
}

/* Before 2.6.3 mountd finds no mount below an exported "/". */
static bool leads_on(const struct walk *walk, struct str path)
{
	version_number version =
		walk->question->index->table->input.rules.target.nfs_utils;

	return path.length > 1 || !version ||
	       version >= VERSION_NUMBER(2, 6, 3);
}

/* The first of the entries with such a policy that matches the client, or
 * may. It can't come before the one that decides. */
static struct export_decision decide_among(const struct walk *walk,
					   struct path_entries *entries,
					   policy_test *has)
{
	const struct export_question *question = walk->question;
	const struct export_client *clients =
		question->index->table->clients.list.items;
	struct export_decision decision = export_decide(question, entries);
	bool reached = false;

	if (decision.answer == MATCH_NO ||
	    has(policy_of(question, decision.entry)))
		return decision;
	for (size_t i = 0; i < entries->list.count; i++) {
		const struct export_entry *entry =
			entry_at(question, entries, i);
		enum match_answer answer;

		reached |= entry == decision.entry;
		if (!reached || !has(policy_of(question, entry)))
			continue;
		answer = client_match(&clients[entry->client], question->client)
				 .answer;
		if (answer != MATCH_NO)
			return (struct export_decision){ answer, entry };
	}
	return (struct export_decision){ MATCH_NO, NULL };
}

/* The entry that an upcall for a path finds: one of the path itself, else one
 * with crossmnt of the nearest directory above. */
static struct export_decision look_up(const struct walk *walk, struct str path)
{
	struct path_entries *entries =
		export_index_path(walk->question->index, path);
	struct export_decision decision = { MATCH_NO, NULL };

	if (entries)
		decision = export_decide(walk->question, entries);
	while (decision.answer == MATCH_NO && export_path_parent(&path)) {
		entries = export_index_path(walk->question->index, path);
		if (entries && leads_on(walk, path))
			decision = decide_among(walk, entries, has_crossmnt);
	}
	return decision;
}

static void settle(struct walk *walk, struct export_selection at)
{
	walk->at = at;
	walk->settled = true;
}

/* One number stands for one tree, here for the root. */
static bool is_other_root(const struct walk *walk,
			  const struct export_entry *entry)
{
	return !walk->pseudo && entry->path != walk->root &&
	       has_fsid_zero(policy_of(walk->question, entry));
}

/* Comes into the export of path, if it is one for the client. */
static void enter(struct walk *walk, struct str path)
{
	struct export_decision decision = look_up(walk, path);

	if (decision.answer == MATCH_DEPENDS)
		settle(walk, selection(SELECT_NAMES, decision.entry));
	else if (decision.answer == MATCH_NO)
		walk->at.entry = NULL;
	else if (export_is_unmounted(walk->question, decision.entry))
		settle(walk, selection(SELECT_NOT_MOUNTED, NULL));
	else if (is_other_root(walk, decision.entry))
		settle(walk, selection(SELECT_SAME_FSID, NULL));
	else
		walk->at = selection(SELECT_ENTRY, decision.entry);
}

/* From an export over a mount point. */
static void cross(struct walk *walk, struct str path)
{
	enter(walk, path);
	if (walk->settled || walk->at.entry)
		return;
	walk->at.reason = SELECT_HIDDEN;
	walk->settled = !walk->pseudo;
}

/* To a path that is exported, where mounts are not known: it matters only if
 * its entry gives something else than the one at hand. */
static void guess(struct walk *walk, struct str path)
{
	const struct export_entry *from = walk->at.entry;
	struct export_decision decision = look_up(walk, path);

	if (decision.answer == MATCH_DEPENDS)
		settle(walk, selection(SELECT_NAMES, decision.entry));
	else if (decision.answer == MATCH_NO ||
		 decision.entry->policy != from->policy)
		settle(walk, selection(SELECT_FILE_SYSTEMS,
				       decision.entry ? decision.entry : from));
	else
		walk->at.entry = decision.entry;
}

/* To a directory that is exported to nobody, or to others only. */
static void pass(struct walk *walk, struct path_entries *entries)
{
	if (entries && walk->at.reason == SELECT_NOT_EXPORTED)
		walk->at.reason = SELECT_NO_ENTRY;
}

static void step(struct walk *walk, struct str path)
{
	const struct local_paths *local = walk->question->local;
	struct path_entries *entries =
		export_index_path(walk->question->index, path);

	if (!walk->at.entry) {
		if (entries)
			enter(walk, path);
		pass(walk, entries);
	} else if (local && local->mounts_known) {
		if (local_paths_is_mount_point(local, path))
			cross(walk, path);
	} else if (entries) {
		guess(walk, path);
	}
}

/* From below the directory that has the first `from` bytes down to the path. */
static void walk_down(struct walk *walk, size_t from)
{
	struct str path = walk->question->path;

	for (size_t end = from + 1; end <= path.length && !walk->settled; end++)
		if (end == path.length || path.data[end] == '/')
			step(walk, (struct str){ path.data, end });
}

static bool comes_first(const struct walk *walk, const struct export_entry *a,
			const struct export_entry *b)
{
	const struct export_client *clients =
		walk->question->index->table->clients.list.items;
	uint8_t type = clients[a->client].type;
	uint8_t other = clients[b->client].type;

	return type < other || (type == other && a < b);
}

/* Of two entries with fsid=0 the one that mountd takes: the first, unless that
 * has crossmnt and the other one lies below. */
static bool is_preferred(const struct walk *walk, const struct export_entry *a,
			 const struct export_entry *b)
{
	const struct export_table *table = walk->question->index->table;
	bool first = comes_first(walk, a, b);
	const struct export_entry *upper = first ? a : b;
	const struct export_entry *lower = first ? b : a;
	bool lower_wins =
		has_crossmnt(policy_of(walk->question, upper)) &&
		local_path_is_below(export_table_path(table, lower->path),
				    export_table_path(table, upper->path));

	return first != lower_wins;
}

/* The entry that is the client's root. */
static struct export_decision find_root(const struct walk *walk)
{
	struct export_index *index = walk->question->index;
	struct export_decision found = { MATCH_NO, NULL };

	for (size_t i = 0; i < index->root_count; i++) {
		struct export_decision decision =
			decide_among(walk, index->roots[i], has_fsid_zero);

		if (decision.answer != MATCH_NO &&
		    (!found.entry ||
		     is_preferred(walk, decision.entry, found.entry)))
			found = decision;
	}
	return found;
}

/* fsid=0 is there: all that a client may reach lies below it. */
static struct export_selection walk_from_root(struct walk *walk)
{
	const struct export_question *question = walk->question;
	struct export_decision root = find_root(walk);
	struct str path;

	if (root.answer == MATCH_NO)
		return selection(SELECT_NO_ROOT, NULL);
	if (root.answer == MATCH_DEPENDS)
		return selection(SELECT_NAMES, root.entry);
	path = export_table_path(question->index->table, root.entry->path);
	walk->root = root.entry->path;
	enter(walk, path);
	if (walk->settled)
		return walk->at;
	if (!str_equal(path, question->path)) {
		if (!local_path_is_below(question->path, path))
			return (struct export_selection){
				.reason = SELECT_OUTSIDE_ROOT,
				.root = root.entry,
			};
		walk_down(walk, path.length > 1 ? path.length : 0);
	}
	walk->at.root = root.entry;
	return walk->at;
}

struct export_selection export_walk(const struct export_question *question)
{
	struct walk walk = {
		.question = question,
		.at = { .reason = SELECT_NOT_EXPORTED },
		.pseudo = !question->index->root_count,
	};

	if (!walk.pseudo)
		return walk_from_root(&walk);
	step(&walk, STR("/"));
	if (question->path.length > 1)
		walk_down(&walk, 0);
	return walk.at;
}
