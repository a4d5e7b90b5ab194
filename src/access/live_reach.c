#include "live_reach.h"

#include <stdlib.h>

/* Questions that are answered for all clients together. */
enum { JUDGED_MAX = 200000 };

/* Clients of NFS ask from such a port. */
enum { CLIENT_PORT = 1023 };

/* The entries of each client of a table, by its number. */
struct client_entries {
	uint32_t *first; /* in numbers; one more than there are clients */
	uint32_t *numbers;
};

/* What makes clients alike to a table. */
struct likeness {
	struct client_numbers matches;
	bool open; /* any name, pattern or netgroup may match, too */
};

struct builder {
	struct arena *arena;
	struct live_reach *reach;
	const struct local_paths *paths;
	unsigned versions; /* bit n: version n is served */
	struct export_index index;
	struct client_entries entries;
	struct client_numbers symbolic;
	struct id_table by_likeness;
	ARRAY(struct likeness) likenesses; /* of each of reach->list */
	uint32_t *seen; /* of each path, in which of them, plus one */
	size_t judged;
};

bool live_reach_domains_fit(const struct export_table *table)
{
	for (size_t i = 0; i < table->clients.list.count; i++) {
		const struct export_client *client =
			&table->clients.list.items[i];

		if (memchr(client->name.data ? client->name.data : "", ',',
			   client->name.length))
			return false;
	}
	return true;
}

struct access_client live_reach_asking(const struct live_client *client,
				       bool domains_fit)
{
	return (struct access_client){
		.address = client->address,
		.taken_for = domains_fit ? client->domain : (struct str){ 0 },
	};
}

enum access_verdict live_reach_mount(struct export_index *index,
				     const struct access_client *asking,
				     struct str path)
{
	struct export_question question = {
		.index = index,
		.client = asking,
		.path = path,
		.nfs_version = 3,
	};
	enum select_reason reason = export_select(&question).reason;

	if (reason == SELECT_NAMES)
		return ACCESS_DEPENDS;
	return reason == SELECT_ENTRY ? ACCESS_ALLOWED : ACCESS_DENIED;
}

static void sort_by_client(struct builder *builder)
{
	const struct export_table *table = builder->reach->table;
	size_t clients = table->clients.list.count;
	uint32_t *first =
		arena_alloc_array(builder->arena, clients + 2, sizeof(*first));
	uint32_t *numbers = arena_alloc_array(
		builder->arena, table->entries.count, sizeof(*numbers));

	for (size_t i = 0; i < table->entries.count; i++)
		if (table->entries.items[i].state == EXPORT_LOADED)
			first[table->entries.items[i].client + 2]++;
	for (size_t i = 2; i < clients + 2; i++)
		first[i] += first[i - 1];
	for (uint32_t i = 0; i < table->entries.count; i++)
		if (table->entries.items[i].state == EXPORT_LOADED)
			numbers[first[table->entries.items[i].client + 1]++] =
				i;
	builder->entries = (struct client_entries){ first, numbers };
}

static void find_symbolic(struct builder *builder)
{
	const struct export_clients *clients = &builder->reach->table->clients;

	for (uint32_t i = 0; i < clients->list.count; i++)
		if (client_is_symbolic(&clients->list.items[i]))
			*ARRAY_ADD(builder->arena, &builder->symbolic.list) = i;
}

static uint32_t hash_of(const struct likeness *likeness)
{
	struct str bytes = { (const char *)likeness->matches.list.items,
			     likeness->matches.list.count *
				     sizeof(*likeness->matches.list.items) };

	return hash_bytes(likeness->open, bytes);
}

static bool are_equal(const struct likeness *a, const struct likeness *b)
{
	return a->open == b->open &&
	       a->matches.list.count == b->matches.list.count &&
	       (!a->matches.list.count ||
		memcmp(a->matches.list.items, b->matches.list.items,
		       a->matches.list.count *
			       sizeof(*a->matches.list.items)) == 0);
}

static int strength_of(const struct reached_export *reached)
{
	return reached->writes * 2 + reached->root;
}

static void add_right(const struct access_right *right, bool first,
		      struct reached_export *reached)
{
	struct reached_export given = *reached;
	int gain;

	given.writes = access_grants(right, CAN_WRITE);
	given.root = access_grants(right, CAN_ROOT);
	given.kerberos = right->flavor->number >= SECURITY_FLAVORS_GSS;
	gain = strength_of(&given) - strength_of(reached);
	if (first || gain > 0 || (!gain && !given.kerberos))
		*reached = given;
}

static void add_rights(const struct export_question *question,
		       const struct export_entry *entry,
		       struct reached_export *reached)
{
	struct access_wish wish = { .port = CLIENT_PORT };
	struct access_answer answer = access_of_entry(question, &wish, entry);
	bool first = reached->verdict != ACCESS_ALLOWED;

	if (answer.verdict != ACCESS_ALLOWED)
		return;
	if (first)
		reached->entry = entry;
	reached->verdict = ACCESS_ALLOWED;
	reached->versions |= 1u << question->nfs_version;
	for (unsigned i = 0; i < answer.right_count; i++) {
		if (!access_grants(&answer.rights[i], CAN_READ))
			continue;
		add_right(&answer.rights[i], first, reached);
		first = false;
	}
}

/* A version by which it is certain counts more than one that depends. */
static void judge_version(struct builder *builder,
			  const struct access_client *asking,
			  unsigned nfs_version, struct reached_export *reached)
{
	struct export_question question = {
		.index = &builder->index,
		.local = builder->paths,
		.client = asking,
		.path = reached->path,
		.nfs_version = nfs_version,
	};
	struct export_selection selection = export_select(&question);
	bool depends = selection.reason == SELECT_NAMES ||
		       selection.reason == SELECT_FILE_SYSTEMS;

	builder->judged++;
	if (selection.reason == SELECT_ENTRY &&
	    selection.obstacle == SELECT_ENTRY)
		add_rights(&question, selection.entry, reached);
	if (!depends || reached->verdict == ACCESS_ALLOWED)
		return;
	if (reached->verdict == ACCESS_DENIED)
		reached->entry = selection.entry;
	reached->verdict = ACCESS_DEPENDS;
	reached->versions |= 1u << nfs_version;
}

static void judge_path(struct builder *builder,
		       const struct access_client *asking, uint32_t path,
		       struct reached_exports *exports)
{
	struct reached_export reached = {
		.path = export_table_path(builder->reach->table, path),
		.verdict = ACCESS_DENIED,
	};

	for (unsigned version = 3; version <= 4; version++)
		if (builder->versions & 1u << version)
			judge_version(builder, asking, version, &reached);
	if (reached.verdict != ACCESS_DENIED)
		*ARRAY_ADD(builder->arena, &exports->list) = reached;
}

/* There is nothing that a client could get. */
static bool is_missing(const struct export_table *table,
		       const struct export_entry *entry)
{
	return table->input.paths &&
	       table->input.paths[entry->written_path].kind == PATH_MISSING;
}

/* What is exported to those clients of the table. */
static void judge_entries(struct builder *builder,
			  const struct access_client *asking,
			  const struct client_numbers *clients,
			  struct reached_exports *exports)
{
	const struct export_table *table = builder->reach->table;
	uint32_t stamp = (uint32_t)builder->reach->list.count;

	for (size_t i = 0; i < clients->list.count; i++) {
		uint32_t client = clients->list.items[i];
		uint32_t end = builder->entries.first[client + 1];

		for (uint32_t k = builder->entries.first[client]; k < end;
		     k++) {
			const struct export_entry *entry =
				&table->entries
					 .items[builder->entries.numbers[k]];
			uint32_t path = entry->path;

			if (builder->seen[path] == stamp ||
			    is_missing(table, entry))
				continue;
			if (builder->judged >= JUDGED_MAX) {
				exports->complete = false;
				return;
			}
			builder->seen[path] = stamp;
			judge_path(builder, asking, path, exports);
		}
	}
}

static int compare_paths(const void *left, const void *right)
{
	struct str a = ((const struct reached_export *)left)->path;
	struct str b = ((const struct reached_export *)right)->path;
	int order = memcmp(a.data, b.data,
			   a.length < b.length ? a.length : b.length);

	if (order)
		return order;
	return a.length < b.length ? -1 : a.length > b.length;
}

static void judge(struct builder *builder, const struct access_client *asking,
		  const struct likeness *likeness)
{
	struct reached_exports *exports =
		ARRAY_ADD(builder->arena, &builder->reach->list);

	*exports = (struct reached_exports){ .complete = true };
	judge_entries(builder, asking, &likeness->matches, exports);
	if (likeness->open)
		judge_entries(builder, asking, &builder->symbolic, exports);
	if (!exports->complete)
		exports->list.count = 0;
	if (exports->list.count)
		qsort(exports->list.items, exports->list.count,
		      sizeof(*exports->list.items), compare_paths);
}

static uint32_t find_reach(struct builder *builder,
			   const struct access_client *asking)
{
	struct likeness likeness = {
		.open = !asking->taken_for.data && builder->symbolic.list.count,
	};
	uint32_t hash, added = (uint32_t)builder->likenesses.count;

	export_index_matches(&builder->index, asking, &likeness.matches);
	hash = hash_of(&likeness);
	ID_TABLE_EACH (&builder->by_likeness, hash, id)
		if (are_equal(&builder->likenesses.items[id], &likeness))
			return id;
	id_table_add(builder->arena, &builder->by_likeness, hash, added);
	*ARRAY_ADD(builder->arena, &builder->likenesses) = likeness;
	judge(builder, asking, &likeness);
	return added;
}

static const enum access_verdict *
judge_mounts(struct builder *builder, const struct live_client *client,
	     const struct access_client *asking)
{
	enum access_verdict *verdicts = arena_alloc_array(
		builder->arena, client->mounts.count, sizeof(*verdicts));

	for (size_t i = 0; i < client->mounts.count; i++)
		verdicts[i] = live_reach_mount(&builder->index, asking,
					       client->mounts.items[i]->path);
	return verdicts;
}

void live_reach_build(struct arena *arena, const struct export_table *table,
		      const struct local_paths *paths,
		      const struct nfsd_versions *versions,
		      const struct live_clients *clients,
		      struct live_reach *reach)
{
	struct builder builder = {
		.arena = arena,
		.reach = reach,
		.paths = paths,
		.versions = versions ? versions->served : ~0u,
	};
	bool fit = live_reach_domains_fit(table);

	*reach = (struct live_reach){ .table = table };
	reach->clients = arena_alloc_array(arena, clients->list.count,
					   sizeof(*reach->clients));
	export_index_build(arena, table, &builder.index);
	builder.seen = arena_alloc_array(arena, builder.index.path_count,
					 sizeof(*builder.seen));
	sort_by_client(&builder);
	find_symbolic(&builder);
	for (size_t i = 0; i < clients->list.count; i++) {
		const struct live_client *client = &clients->list.items[i];
		struct access_client asking = live_reach_asking(client, fit);
		struct client_reach_now *now = &reach->clients[i];

		now->reach = UINT32_MAX;
		if (client->address.family == IP_NONE)
			continue;
		now->reach = find_reach(&builder, &asking);
		now->mounts = judge_mounts(&builder, client, &asking);
	}
}
