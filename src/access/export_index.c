#include "export_index.h"

#include <stdlib.h>

#include "client_network.h"
#include "host_pattern.h"
#include "netgroup_parser.h"

enum { PREFIXES_MAX = 1 + 32 + 1 + 128 };

/* Networks of one family and prefix length, by their addresses. */
struct prefix_row {
	uint8_t family;
	uint8_t length;
	struct id_table by_address; /* positions in the path's list */
};

struct path_lookup {
	struct id_table hosts; /* by address; positions in the list */
	struct prefix_row prefixes[PREFIXES_MAX];
	size_t prefix_count;
	struct id_table patterns; /* by the suffix in lower case */
	/* the first pattern for names and the first name without addresses,
	 * which may match whom they are not known to: UINT32_MAX if none */
	uint32_t first_pattern, first_name;
	/* positions that have to be tried one by one: patterns without a
	 * suffix; masks with holes, everybody */
	ARRAY(uint32_t) loose, others;
	ARRAY(uint32_t) groups;	 /* positions of netgroups, and of those that */
	ARRAY(uint32_t) open;	 /* have whoever has a name */
	struct id_table members; /* positions of the others by their hosts */
	const struct netgroups *asked; /* that the last two are made from */
	/* for suppositions: positions by client, and the first ones */
	struct id_table symbolic;
	uint32_t first_symbolic, everybody; /* UINT32_MAX: none */
};

static const struct export_client *client_of(const struct export_index *index,
					     uint32_t entry)
{
	const struct export_table *table = index->table;

	return &table->clients.list.items[table->entries.items[entry].client];
}

/* By type; those of one type stay in the order of the file. */
static void sort_entries(const struct export_index *index,
			 struct path_entries *entries, uint32_t *scratch)
{
	size_t filled = 0;

	for (int type = 0; type < CLIENT_TYPES; type++)
		for (size_t i = 0; i < entries->list.count; i++) {
			uint32_t entry = entries->list.items[i];

			if (client_of(index, entry)->type == type)
				scratch[filled++] = entry;
		}
	if (filled)
		memcpy(entries->list.items, scratch, filled * sizeof(*scratch));
}

static bool has_fsid_zero(const struct export_index *index,
			  const struct path_entries *entries)
{
	const struct export_table *table = index->table;

	for (size_t i = 0; i < entries->list.count; i++) {
		const struct export_policy *policy =
			&table->policies.list
				 .items[table->entries
						.items[entries->list.items[i]]
						.policy];

		if (policy->flags & EXPORT_FSID && policy->fsid == 0)
			return true;
	}
	return false;
}

static void find_roots(struct export_index *index)
{
	index->roots = arena_alloc_array(index->arena, index->path_count,
					 sizeof(struct path_entries *));
	for (size_t i = 0; i < index->path_count; i++)
		if (has_fsid_zero(index, &index->by_path[i]))
			index->roots[index->root_count++] = &index->by_path[i];
}

/* An entry that is not loaded may not have the path that the server would
 * have. */
static void add_lost(struct export_index *index, uint32_t number)
{
	const struct export_table *table = index->table;
	const struct export_entry *entry = &table->entries.items[number];
	uint32_t path = entry->path, written = entry->written_path;

	if (path == UINT32_MAX && written != UINT32_MAX) {
		struct str real = table->input.paths[written].real;

		path = real.data ? text_set_find(&table->input.lookups->paths,
						 real)
				 : written;
	}
	if (path < index->path_count)
		*ARRAY_ADD(index->arena, &index->by_path[path].lost) = number;
}

static void add_entries(struct export_index *index)
{
	const struct export_table *table = index->table;
	bool *seen = arena_alloc_array(index->arena, table->clients.list.count,
				       sizeof(*seen));

	for (uint32_t i = 0; i < table->entries.count; i++) {
		const struct export_entry *entry = &table->entries.items[i];

		if (entry->state != EXPORT_LOADED) {
			add_lost(index, i);
			continue;
		}
		*ARRAY_ADD(index->arena, &index->by_path[entry->path].list) = i;
		if (!seen[entry->client])
			*ARRAY_ADD(index->arena, &index->clients.list) = i;
		seen[entry->client] = true;
	}
}

void export_index_build(struct arena *arena, const struct export_table *table,
			struct export_index *index)
{
	uint32_t *scratch = arena_alloc_array(arena, table->entries.count,
					      sizeof(*scratch));

	*index = (struct export_index){
		.arena = arena,
		.table = table,
		.path_count = table->input.lookups->paths.list.count,
	};
	index->by_path = arena_alloc_array(arena, index->path_count,
					   sizeof(*index->by_path));
	add_entries(index);
	sort_entries(index, &index->clients, scratch);
	for (uint32_t i = 0; i < index->path_count; i++) {
		index->by_path[i].path = i;
		sort_entries(index, &index->by_path[i], scratch);
	}
	find_roots(index);
}

static struct path_entries *find_path(const struct export_index *index,
				      struct str path)
{
	uint32_t number =
		text_set_find(&index->table->input.lookups->paths, path);

	return number < index->path_count ? &index->by_path[number] : NULL;
}

struct path_entries *export_index_path(const struct export_index *index,
				       struct str path)
{
	struct path_entries *entries = find_path(index, path);

	return entries && entries->list.count ? entries : NULL;
}

const struct path_entries *
export_index_written(const struct export_index *index, struct str path)
{
	return find_path(index, path);
}

void export_index_all(const struct export_index *index,
		      struct path_entries *entries)
{
	uint32_t *scratch = arena_alloc_array(
		index->arena, index->table->entries.count, sizeof(*scratch));

	*entries = (struct path_entries){ .path = UINT32_MAX };
	for (uint32_t i = 0; i < index->table->entries.count; i++)
		if (index->table->entries.items[i].state == EXPORT_LOADED)
			*ARRAY_ADD(index->arena, &entries->list) = i;
	sort_entries(index, entries, scratch);
}

static struct export_decision decision_at(const struct export_index *index,
					  const struct path_entries *entries,
					  size_t position,
					  enum match_answer answer)
{
	return (struct export_decision){
		answer,
		&index->table->entries.items[entries->list.items[position]],
	};
}

struct export_decision
export_index_decide_slowly(const struct export_index *index,
			   const struct path_entries *entries,
			   const struct access_client *client)
{
	for (size_t i = 0; i < entries->list.count; i++) {
		enum match_answer answer =
			client_match(client_of(index, entries->list.items[i]),
				     client)
				.answer;

		if (answer != MATCH_NO)
			return decision_at(index, entries, i, answer);
	}
	return (struct export_decision){ MATCH_NO, NULL };
}

static void add_host(struct export_index *index, struct path_lookup *lookup,
		     const struct export_client *client, uint32_t position)
{
	struct ip_address address;

	if (client->address_count) {
		for (uint32_t i = 0; i < client->address_count; i++)
			id_table_add(index->arena, &lookup->hosts,
				     ip_address_hash(client->addresses[i]),
				     position);
	} else if (ip_address_parse_host(client->name, &address)) {
		id_table_add(index->arena, &lookup->hosts,
			     ip_address_hash(address), position);
	} else if (position < lookup->first_name) {
		lookup->first_name = position;
	}
}

/* The address without its host bits. */
static struct ip_address masked(struct ip_address address, unsigned length)
{
	unsigned size = ip_address_size(address);

	for (unsigned i = 0; i < size; i++) {
		unsigned begin = i * 8;

		if (begin >= length)
			address.bytes[i] = 0;
		else if (begin + 8 > length)
			address.bytes[i] &=
				(uint8_t)(0xff00u >> (length - begin));
	}
	address.zone = 0;
	return address;
}

/* False if the mask has holes. */
static bool prefix_of(const struct client_network *network, unsigned *length)
{
	unsigned size = ip_address_size(network->address);
	unsigned ones = 0;
	bool ended = false;

	for (unsigned i = 0; i < size * 8; i++) {
		bool one = network->mask.bytes[i / 8] & 0x80u >> i % 8;

		if (one && ended)
			return false;
		ended |= !one;
		ones += one;
	}
	*length = ones;
	return true;
}

static struct prefix_row *row_of(struct path_lookup *lookup, uint8_t family,
				 unsigned length)
{
	struct prefix_row *row;

	for (size_t i = 0; i < lookup->prefix_count; i++) {
		row = &lookup->prefixes[i];
		if (row->family == family && row->length == length)
			return row;
	}
	row = &lookup->prefixes[lookup->prefix_count++];
	row->family = family;
	row->length = (uint8_t)length;
	return row;
}

static void add_network(struct export_index *index, struct path_lookup *lookup,
			const struct export_client *client, uint32_t position)
{
	struct client_network network;
	unsigned length;

	if (client_network_parse(client->name, &network) != CLIENT_FINE ||
	    !prefix_of(&network, &length)) {
		*ARRAY_ADD(index->arena, &lookup->others) = position;
		return;
	}
	id_table_add(
		index->arena,
		&row_of(lookup, network.address.family, length)->by_address,
		ip_address_hash(masked(network.address, length)), position);
}

static void add_pattern(struct export_index *index, struct path_lookup *lookup,
			const struct export_client *client, uint32_t position)
{
	struct str suffix = host_pattern_suffix(client->name);

	if (position < lookup->first_pattern &&
	    !host_pattern_fits_no_name(client->name))
		lookup->first_pattern = position;
	if (suffix.length)
		id_table_add(index->arena, &lookup->patterns,
			     hash_bytes_nocase(0, suffix), position);
	else
		*ARRAY_ADD(index->arena, &lookup->loose) = position;
}

static void add_netgroup(struct export_index *index, struct path_lookup *lookup,
			 const struct export_client *client, uint32_t position)
{
	(void)client;
	*ARRAY_ADD(index->arena, &lookup->groups) = position;
}

static void add_other(struct export_index *index, struct path_lookup *lookup,
		      const struct export_client *client, uint32_t position)
{
	(void)client;
	*ARRAY_ADD(index->arena, &lookup->others) = position;
}

static uint32_t hash_of_client(const struct export_index *index,
			       const struct export_client *client)
{
	size_t number = (size_t)(client - index->table->clients.list.items);

	return (uint32_t)number * 2654435761u;
}

static void note_for_suppositions(struct export_index *index,
				  struct path_lookup *lookup,
				  const struct export_client *client,
				  uint32_t position)
{
	if (client_is_symbolic(client)) {
		id_table_add(index->arena, &lookup->symbolic,
			     hash_of_client(index, client), position);
		if (position < lookup->first_symbolic)
			lookup->first_symbolic = position;
	} else if (client->type == CLIENT_ANONYMOUS &&
		   position < lookup->everybody) {
		lookup->everybody = position;
	}
}

static struct path_lookup *lookup_of(struct export_index *index,
				     struct path_entries *entries)
{
	static void (*const add[CLIENT_TYPES])(
		struct export_index * index, struct path_lookup * lookup,
		const struct export_client *client, uint32_t position) = {
		[CLIENT_HOST] = add_host,
		[CLIENT_NETWORK] = add_network,
		[CLIENT_WILDCARD] = add_pattern,
		[CLIENT_NETGROUP] = add_netgroup,
		[CLIENT_ANONYMOUS] = add_other,
		[CLIENT_GSS] = add_other,
	};
	if (entries->lookup)
		return entries->lookup;
	entries->lookup = arena_alloc(index->arena, sizeof(*entries->lookup));
	entries->lookup->first_pattern = UINT32_MAX;
	entries->lookup->first_name = UINT32_MAX;
	entries->lookup->first_symbolic = UINT32_MAX;
	entries->lookup->everybody = UINT32_MAX;
	for (uint32_t i = 0; i < entries->list.count; i++) {
		const struct export_client *client =
			client_of(index, entries->list.items[i]);

		add[client->type](index, entries->lookup, client, i);
		note_for_suppositions(index, entries->lookup, client, i);
	}
	return entries->lookup;
}

/* The first position so far that matches or may. */
struct search {
	const struct export_index *index;
	const struct path_entries *entries;
	const struct access_client *client;
	uint32_t position; /* UINT32_MAX: none */
	enum match_answer answer;
	struct client_numbers *all; /* gets each that certainly matches, and
				       position stays; NULL: it is sought */
};

static void note_match(struct search *search, uint32_t entry)
{
	*ARRAY_ADD(search->index->arena, &search->all->list) =
		search->index->table->entries.items[entry].client;
}

static void try_position(struct search *search, uint32_t position)
{
	enum match_answer answer;
	uint32_t entry;

	if (position >= search->position)
		return;
	entry = search->entries->list.items[position];
	answer = client_match(client_of(search->index, entry), search->client)
			 .answer;
	if (search->all && answer == MATCH_YES)
		note_match(search, entry);
	if (search->all || answer == MATCH_NO)
		return;
	search->position = position;
	search->answer = answer;
}

static void try_hash(struct search *search, const struct id_table *table,
		     uint32_t hash)
{
	ID_TABLE_EACH (table, hash, id)
		try_position(search, id);
}

static void try_networks(struct search *search,
			 const struct path_lookup *lookup)
{
	struct ip_address address = search->client->address;

	for (size_t i = 0; i < lookup->prefix_count; i++)
		if (lookup->prefixes[i].family == address.family)
			try_hash(search, &lookup->prefixes[i].by_address,
				 ip_address_hash(masked(
					 address, lookup->prefixes[i].length)));
}

/* Each end of a name that begins with a dot, the longest first. */
static void try_patterns(struct search *search,
			 const struct path_lookup *lookup, struct str name)
{
	for (size_t at = str_find(name, '.'); at < name.length;
	     at += 1 + str_find(str_skip(name, at + 1), '.'))
		try_hash(search, &lookup->patterns,
			 hash_bytes_nocase(0, str_skip(name, at)));
}

static void try_each(struct search *search, const uint32_t *positions,
		     size_t count)
{
	for (size_t i = 0; i < count && positions[i] < search->position; i++)
		try_position(search, positions[i]);
}

static void add_members(struct export_index *index, struct path_lookup *lookup,
			const struct netgroup_answer *group, uint32_t position)
{
	bool open = false;

	for (size_t i = 0; i < group->triples.count; i++) {
		struct str host = group->triples.items[i]->host;

		open |= !host.length;
		id_table_add(index->arena, &lookup->members,
			     hash_bytes_nocase(0, host), position);
	}
	if (open)
		*ARRAY_ADD(index->arena, &lookup->open) = position;
}

static void index_groups(struct export_index *index,
			 struct path_entries *entries,
			 const struct netgroups *netgroups)
{
	struct path_lookup *lookup = entries->lookup;

	lookup->asked = netgroups;
	lookup->open.count = 0;
	lookup->members = (struct id_table){ 0 };
	for (size_t i = 0; i < lookup->groups.count; i++) {
		uint32_t position = lookup->groups.items[i];
		const struct export_client *client =
			client_of(index, entries->list.items[position]);
		struct netgroup_answer group = { 0 };

		if (netgroups_find(index->arena, netgroups,
				   str_skip(client->name, 1), &group))
			add_members(index, lookup, &group, position);
	}
}

/* What mountd asks netgroups for: names, their first labels, the address. */
static void try_members(struct search *search, const struct path_lookup *lookup)
{
	const struct access_client *client = search->client;
	char text[IP_ADDRESS_TEXT];

	for (size_t i = 0; i < client->name_count; i++) {
		struct str name = client->names[i];
		struct str label = { name.data, str_find(name, '.') };

		try_hash(search, &lookup->members, hash_bytes_nocase(0, name));
		try_hash(search, &lookup->members, hash_bytes_nocase(0, label));
	}
	ip_address_text(client->address, text);
	try_hash(search, &lookup->members, hash_bytes_nocase(0, str_of(text)));
	try_each(search, lookup->open.items, lookup->open.count);
}

static void try_groups(struct export_index *index, struct search *search,
		       struct path_entries *entries)
{
	const struct access_client *client = search->client;
	struct path_lookup *lookup = entries->lookup;

	if (!client->netgroups || !client->name_count) {
		try_each(search, lookup->groups.items, lookup->groups.count);
		return;
	}
	if (lookup->asked != client->netgroups)
		index_groups(index, entries, client->netgroups);
	try_members(search, lookup);
}

static void try_names(struct search *search, const struct path_lookup *lookup)
{
	for (size_t i = 0; i < search->client->name_count; i++)
		try_patterns(search, lookup, search->client->names[i]);
	/* without names, any pattern may match: the first one counts */
	if (!search->client->names_known)
		try_position(search, lookup->first_pattern);
	try_position(search, lookup->first_name);
	if (search->client->name_count)
		try_each(search, lookup->loose.items, lookup->loose.count);
	try_each(search, lookup->others.items, lookup->others.count);
}

static void try_all(struct export_index *index, struct search *search,
		    struct path_entries *entries)
{
	try_names(search, entries->lookup);
	try_groups(index, search, entries);
}

/* Clients by the names that the server was seen to take the host for. */
static void try_taken(struct search *search, const struct path_lookup *lookup)
{
	const struct export_clients *clients = &search->index->table->clients;
	struct str rest = search->client->taken_for, name;

	while (str_take(&rest, ',', &name)) {
		const struct export_client *client = export_clients_find(
			clients, client_spec_of(name).type, name);

		if (client)
			try_hash(search, &lookup->symbolic,
				 hash_of_client(search->index, client));
	}
	try_each(search, lookup->others.items, lookup->others.count);
}

static void try_supposed(struct search *search,
			 const struct path_lookup *lookup)
{
	const struct export_client *only = search->client->only;

	if (search->client->suppose == SUPPOSE_ANY)
		try_position(search, lookup->first_symbolic);
	else if (only)
		try_hash(search, &lookup->symbolic,
			 hash_of_client(search->index, only));
	/* a pattern may be covered by another one */
	if (only && only->type == CLIENT_WILDCARD) {
		try_patterns(search, lookup, only->name);
		try_each(search, lookup->loose.items, lookup->loose.count);
	}
	try_position(search, lookup->everybody);
}

static void try_everything(struct export_index *index, struct search *search,
			   struct path_entries *entries)
{
	const struct path_lookup *lookup = lookup_of(index, entries);
	const struct access_client *client = search->client;

	try_hash(search, &lookup->hosts, ip_address_hash(client->address));
	try_networks(search, lookup);
	if (client->suppose == SUPPOSE_ONLY || client->suppose == SUPPOSE_ANY)
		try_supposed(search, lookup);
	else if (client->taken_for.data)
		try_taken(search, lookup);
	else
		try_all(index, search, entries);
}

static int compare_numbers(const void *left, const void *right)
{
	uint32_t a = *(const uint32_t *)left, b = *(const uint32_t *)right;

	return (a > b) - (a < b);
}

/* A host may have been found by several of its addresses. */
static void sort_numbers(struct client_numbers *numbers)
{
	uint32_t *items = numbers->list.items;
	size_t kept = 0;

	if (!numbers->list.count)
		return;
	qsort(items, numbers->list.count, sizeof(*items), compare_numbers);
	for (size_t i = 0; i < numbers->list.count; i++)
		if (!kept || items[kept - 1] != items[i])
			items[kept++] = items[i];
	numbers->list.count = kept;
}

void export_index_matches(struct export_index *index,
			  const struct access_client *client,
			  struct client_numbers *matches)
{
	struct search search = {
		.index = index,
		.entries = &index->clients,
		.client = client,
		.position = UINT32_MAX,
		.all = matches,
	};

	try_everything(index, &search, &index->clients);
	sort_numbers(matches);
}

struct export_decision export_index_decide(struct export_index *index,
					   struct path_entries *entries,
					   const struct access_client *client)
{
	struct search search = {
		.index = index,
		.entries = entries,
		.client = client,
		.position = UINT32_MAX,
	};

	if (client->address.family == IP_NONE && !client->suppose)
		return export_index_decide_slowly(index, entries, client);
	try_everything(index, &search, entries);
	if (search.position == UINT32_MAX)
		return (struct export_decision){ MATCH_NO, NULL };
	return decision_at(index, entries, search.position, search.answer);
}
