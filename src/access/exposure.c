#include "exposure.h"

#include <stdlib.h>

#include "address_segments.h"
#include "exposure_exceptions.h"

/* Those whom entries with one policy decide for. */
struct policy_crowd {
	uint32_t policy;
	struct exposure_crowd crowd;
};

struct finder {
	struct arena *arena;
	const struct export_table *table;
	struct export_question question;
	const struct access_wish *wish;
	struct exposure *exposure;
	ARRAY(struct policy_crowd) crowds;
	uint32_t *crowd_of; /* of each policy: one more than its index */
	bool *entry_seen, *client_seen;
	struct export_selection nobody; /* what an unknown client gets */
};

const char *exposure_right_name(enum exposure_right right)
{
	static const char *const names[EXPOSURE_RIGHTS] = {
		[EXPOSURE_ROOT] = "root",
		[EXPOSURE_READ_WRITE] = "read-write",
		[EXPOSURE_READ_ONLY] = "read-only",
	};

	return names[right];
}

bool exposure_crowd_is_empty(const struct exposure_crowd *crowd)
{
	return address_set_is_empty(&crowd->addresses) && !crowd->names.count &&
	       !crowd->netgroups.count && !crowd->scattered.count;
}

static const struct export_client *client_of(const struct finder *finder,
					     const struct export_entry *entry)
{
	return &finder->table->clients.list.items[entry->client];
}

static struct export_selection ask(struct finder *finder,
				   struct access_client client)
{
	struct export_question question = finder->question;

	question.client = &client;
	return export_select(&question);
}

static struct exposure_crowd *crowd_of_policy(struct finder *finder,
					      uint32_t policy)
{
	uint32_t *number = &finder->crowd_of[policy];

	if (!*number) {
		ARRAY_ADD(finder->arena, &finder->crowds)->policy = policy;
		*number = (uint32_t)finder->crowds.count;
	}
	return &finder->crowds.items[*number - 1].crowd;
}

/* Where those belong who fare like that; NULL if they don't get in. */
static struct exposure_crowd *crowd_for(struct finder *finder,
					struct export_selection selected)
{
	const struct export_entry *entry = selected.entry;
	struct exposure_crowd *crowd;
	size_t index;

	if (selected.reason == SELECT_FILE_SYSTEMS)
		crowd = &finder->exposure->undecided;
	else if (selected.reason == SELECT_ENTRY)
		crowd = crowd_of_policy(finder, entry->policy);
	else
		return NULL;
	index = 2 * (size_t)(entry - finder->table->entries.items) +
		(selected.reason == SELECT_FILE_SYSTEMS);
	if (!finder->entry_seen[index])
		*ARRAY_ADD(finder->arena, &crowd->entries) = entry;
	finder->entry_seen[index] = true;
	return crowd;
}

static bool is_same(struct export_selection a, struct export_selection b)
{
	return a.reason == b.reason && a.entry == b.entry;
}

/* One address stands for all of a range that nothing tells apart. */
static void find_range(struct finder *finder, enum ip_family family,
		       struct address_range range)
{
	struct access_client client = {
		.address = address_of_number(range.first, family),
		.suppose = SUPPOSE_ONLY,
	};
	struct export_selection selected = ask(finder, client);
	struct exposure_crowd *crowd = crowd_for(finder, selected);

	if (!crowd)
		return;
	address_set_add_range(finder->arena, &crowd->addresses, family, range);
	client.suppose = SUPPOSE_ANY;
	if (!crowd->has_exceptions && !is_same(ask(finder, client), selected))
		crowd->has_exceptions = true;
}

static void find_addresses(struct finder *finder, enum ip_family family)
{
	struct address_segments segments;

	/* masks with holes are symbolic here */
	address_segments_cut(finder->arena, &finder->question, family,
			     address_range_of_all(family), 0, &segments);
	for (size_t i = 0; i < segments.list.count; i++)
		find_range(finder, family, segments.list.items[i]);
}

/* Is the client told already, by what an unknown client gets, or by a pattern
 * that covers it? */
static bool is_told(const struct finder *finder,
		    const struct export_client *client,
		    struct export_selection selected)
{
	const struct export_client *decider;

	if (!selected.entry || is_same(selected, finder->nobody))
		return true;
	decider = client_of(finder, selected.entry);
	return decider != client && client->type == CLIENT_WILDCARD &&
	       decider->type == CLIENT_WILDCARD;
}

static void find_client(struct finder *finder,
			const struct export_client *client)
{
	struct export_selection selected =
		ask(finder, (struct access_client){ .suppose = SUPPOSE_ONLY,
						    .only = client });
	struct exposure_crowd *crowd;

	if (is_told(finder, client, selected))
		return;
	crowd = crowd_for(finder, selected);
	if (!crowd)
		return;
	if (client->type == CLIENT_NETGROUP)
		*ARRAY_ADD(finder->arena, &crowd->netgroups) = client->name;
	else if (client->type == CLIENT_NETWORK)
		*ARRAY_ADD(finder->arena, &crowd->scattered) = client->name;
	else
		*ARRAY_ADD(finder->arena, &crowd->names) = client->name;
}

static void find_clients(struct finder *finder,
			 const struct path_entries *entries)
{
	for (size_t i = 0; entries && i < entries->list.count; i++) {
		const struct export_entry *entry =
			&finder->table->entries.items[entries->list.items[i]];
		const struct export_client *client = client_of(finder, entry);

		if (!client_is_symbolic(client))
			continue;
		*ARRAY_ADD(finder->arena, &finder->exposure->symbolic) = entry;
		if (!finder->client_seen[entry->client])
			find_client(finder, client);
		finder->client_seen[entry->client] = true;
	}
}

/* Of the path, of those above it, and of the roots that fsid=0 makes. */
static void find_all_clients(struct finder *finder)
{
	const struct export_index *index = finder->question.index;
	struct str path = finder->question.path;

	finder->nobody =
		ask(finder, (struct access_client){ .suppose = SUPPOSE_ONLY });
	do {
		find_clients(finder, export_index_path(index, path));
	} while (export_path_parent(&path));
	for (size_t i = 0; i < index->root_count; i++)
		find_clients(finder, index->roots[i]);
}

static enum exposure_right right_of(const struct access_right *right)
{
	if (access_grants(right, CAN_ROOT))
		return EXPOSURE_ROOT;
	return right->read_only ? EXPOSURE_READ_ONLY : EXPOSURE_READ_WRITE;
}

static bool is_alike(const struct access_right *a, const struct access_right *b)
{
	return a->read_only == b->read_only && a->all_squash == b->all_squash &&
	       (a->all_squash || a->root_squash == b->root_squash);
}

static bool is_wanted(const struct finder *finder,
		      const struct access_right *right)
{
	const struct security_flavor *sec = finder->wish->sec;

	return (!sec || sec->number == right->flavor->number) &&
	       access_grants(right, finder->wish->can);
}

/* A row for the first flavor, and all others that grant the same. */
static void add_row(struct finder *finder, const struct policy_crowd *from,
		    const struct access_answer *answer, unsigned first)
{
	const struct access_right *right = &answer->rights[first];
	struct exposure_row *row =
		ARRAY_ADD(finder->arena, &finder->exposure->rows);

	*row = (struct exposure_row){
		.right = right_of(right),
		.read_only = right->read_only,
		.root_squash = right->root_squash || right->all_squash,
		.all_squash = right->all_squash,
		.policy = from->policy,
		.anonuid = answer->anonuid,
		.anongid = answer->anongid,
		.crowd = from->crowd,
	};
	for (unsigned i = first; i < answer->right_count; i++)
		if (is_wanted(finder, &answer->rights[i]) &&
		    is_alike(&answer->rights[i], right))
			row->flavors[row->flavor_count++] =
				answer->rights[i].flavor;
}

static bool comes_again(const struct finder *finder,
			const struct access_answer *answer, unsigned at)
{
	for (unsigned i = 0; i < at; i++)
		if (is_wanted(finder, &answer->rights[i]) &&
		    is_alike(&answer->rights[i], &answer->rights[at]))
			return true;
	return false;
}

static void add_rows(struct finder *finder, const struct policy_crowd *from)
{
	struct access_answer answer = access_of_entry(
		&finder->question, finder->wish, from->crowd.entries.items[0]);

	for (unsigned i = 0; i < answer.right_count; i++)
		if (is_wanted(finder, &answer.rights[i]) &&
		    !comes_again(finder, &answer, i))
			add_row(finder, from, &answer, i);
}

static int compare_flavors(const struct exposure_row *a,
			   const struct exposure_row *b)
{
	if (a->flavor_count != b->flavor_count)
		return a->flavor_count > b->flavor_count ? -1 : 1;
	for (unsigned i = 0; i < a->flavor_count; i++)
		if (a->flavors[i]->number != b->flavors[i]->number)
			return a->flavors[i]->number < b->flavors[i]->number
				       ? -1
				       : 1;
	return 0;
}

static int compare_numbers(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

/* 0 if both are told as one. */
static int compare_rights(const struct exposure_row *a,
			  const struct exposure_row *b)
{
	const int orders[] = {
		compare_numbers(a->right, b->right),
		compare_numbers(a->read_only, b->read_only),
		compare_numbers(a->all_squash, b->all_squash),
		compare_numbers(a->root_squash, b->root_squash),
		compare_flavors(a, b),
		compare_numbers(a->anonuid, b->anonuid),
		compare_numbers(a->anongid, b->anongid),
	};

	for (size_t i = 0; i < sizeof(orders) / sizeof(*orders); i++)
		if (orders[i])
			return orders[i];
	return 0;
}

static int compare_rows(const void *left, const void *right)
{
	const struct exposure_row *a = left, *b = right;
	int order = compare_rights(a, b);

	return order ? order : compare_numbers(a->policy, b->policy);
}

static void add_crowd(struct arena *arena, struct exposure_crowd *crowd,
		      const struct exposure_crowd *more)
{
	crowd->has_exceptions |= more->has_exceptions;
	address_set_unite(arena, &crowd->addresses, &more->addresses);
	for (size_t i = 0; i < more->names.count; i++)
		*ARRAY_ADD(arena, &crowd->names) = more->names.items[i];
	for (size_t i = 0; i < more->netgroups.count; i++)
		*ARRAY_ADD(arena, &crowd->netgroups) = more->netgroups.items[i];
	for (size_t i = 0; i < more->scattered.count; i++)
		*ARRAY_ADD(arena, &crowd->scattered) = more->scattered.items[i];
	for (size_t i = 0; i < more->entries.count; i++)
		*ARRAY_ADD(arena, &crowd->entries) = more->entries.items[i];
}

/* One of those that a client matches. */
static struct access_client example_of(const struct export_client *client)
{
	struct access_client example = {
		.suppose = SUPPOSE_ONLY,
		.only = client_is_symbolic(client) ? client : NULL,
	};
	struct client_network network;

	if (client->address_count)
		example.address = client->addresses[0];
	else if (client->type == CLIENT_NETWORK && !example.only &&
		 client_network_parse(client->name, &network) == CLIENT_FINE)
		example.address = network.address;
	else if (client->type == CLIENT_HOST && !example.only &&
		 !ip_address_parse_host(client->name, &example.address))
		example.address.family = IP_NONE;
	return example;
}

static const char *why_idle(struct finder *finder,
			    const struct export_client *client)
{
	struct access_client example = example_of(client);
	struct export_question question = finder->question;
	struct access_answer answer;

	if (client->type == CLIENT_GSS)
		return "gss/ clients match no address";
	if (client->type == CLIENT_WILDCARD && !example.only)
		return "patterns are compared with host names, and this one is "
		       "for addresses";
	question.client = &example;
	answer = access_check(finder->arena, &question, finder->wish);
	return answer.selection.reason == SELECT_ENTRY
		       ? "other entries decide for all that it matches"
		       : answer.why;
}

/* Where something is not decided, any entry may have an effect. */
static void find_idle(struct finder *finder)
{
	const struct path_entries *entries = export_index_path(
		finder->question.index, finder->question.path);

	if (!entries || !exposure_crowd_is_empty(&finder->exposure->undecided))
		return;
	for (size_t i = 0; i < entries->list.count; i++) {
		uint32_t index = entries->list.items[i];
		const struct export_entry *entry =
			&finder->table->entries.items[index];

		if (finder->entry_seen[2 * (size_t)index])
			continue;
		*ARRAY_ADD(finder->arena,
			   &finder->exposure->idle) = (struct exposure_idle){
			entry, why_idle(finder, client_of(finder, entry))
		};
	}
}

static int compare_entries(const void *left, const void *right)
{
	const struct export_entry *const *a = left, *const *b = right;

	return (*a > *b) - (*a < *b);
}

static void sort_entries(struct exposure_crowd *crowd)
{
	if (crowd->entries.count)
		qsort(crowd->entries.items, crowd->entries.count,
		      sizeof(*crowd->entries.items), compare_entries);
}

/* Rows that differ in nothing that is told become one. The crowd of a policy
 * may be in several rows, hence each gets a new one. */
static void join_rows(struct finder *finder)
{
	struct exposure_row *rows = finder->exposure->rows.items;
	size_t count = finder->exposure->rows.count, kept = 0;

	if (count)
		qsort(rows, count, sizeof(*rows), compare_rows);
	for (size_t i = 0; i < count; i++) {
		struct exposure_crowd crowd = rows[i].crowd;

		if (!i || compare_rights(&rows[kept - 1], &rows[i]) != 0) {
			rows[kept] = rows[i];
			rows[kept++].crowd = (struct exposure_crowd){ 0 };
		}
		add_crowd(finder->arena, &rows[kept - 1].crowd, &crowd);
	}
	finder->exposure->rows.count = kept;
	for (size_t i = 0; i < kept; i++)
		sort_entries(&rows[i].crowd);
}

void exposure_find(struct arena *arena, const struct export_question *question,
		   const struct access_wish *wish, struct exposure *exposure)
{
	const struct export_table *table = question->index->table;
	struct finder finder = {
		.arena = arena,
		.table = table,
		.question = *question,
		.wish = wish,
		.exposure = exposure,
		.crowd_of = arena_alloc_array(arena, table->policies.list.count,
					      sizeof(uint32_t)),
		.entry_seen = arena_alloc_array(arena, table->entries.count, 2),
		.client_seen = arena_alloc(arena, table->clients.list.count),
	};

	*exposure = (struct exposure){ 0 };
	find_addresses(&finder, IP_V4);
	find_addresses(&finder, IP_V6);
	find_all_clients(&finder);
	find_idle(&finder);
	for (size_t i = 0; i < finder.crowds.count; i++)
		add_rows(&finder, &finder.crowds.items[i]);
	join_rows(&finder);
	sort_entries(&exposure->undecided);
	exposure_exceptions_find(arena, question, exposure);
}
