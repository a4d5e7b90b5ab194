#include "mountd_drift.h"

#include "client_match.h"
#include "id_table.h"

enum {
	NONE = UINT32_MAX,
	/* Hosts that mountd leaves out are compared with all others of their
	 * path, as it does itself: so many times, then they count as left
	 * out. */
	COVER_TESTS = 2000000,
};

/* A path of etab with what mountd may have read of it. */
struct known_path {
	struct str path;
	uint32_t first, last; /* numbers of known entries */
	uint32_t written;     /* what a line had instead, or NONE */
	uint32_t announced;   /* number in the list, or NONE */
};

struct known_entry {
	const struct export_entry *entry;
	struct str name; /* as etab writes it */
	enum client_type type;
	uint32_t next; /* of the same path, or NONE */
};

struct comparison {
	struct arena *arena;
	const struct export_table *table;
	const struct mountd_view *view;
	struct mountd_drifts *drifts;

	ARRAY(struct known_path) paths;
	ARRAY(struct known_entry) entries;
	struct id_table by_path;
	struct id_table by_written; /* paths as etab writes them */
	struct id_table by_client;  /* of the list, with their paths */
	bool *matched;		    /* clients of the list */
	unsigned cover_tests;
};

static const struct export_client *
client_of(const struct comparison *comparison, const struct known_entry *known)
{
	return &comparison->table->clients.list.items[known->entry->client];
}

/* Can mountd have it? A name without an address, or with that of another, had
 * a better one when exportfs ran, and perhaps when mountd read etab. */
static bool may_be_read(const struct export_entry *entry)
{
	return entry->path != NONE && (entry->state == EXPORT_LOADED ||
				       entry->state == EXPORT_DUPLICATE ||
				       entry->state == EXPORT_UNRESOLVED);
}

/* Must it? */
static bool is_loaded(const struct known_entry *known)
{
	return known->entry->state == EXPORT_LOADED;
}

static bool is_name(const struct known_entry *known)
{
	struct ip_address address;

	return known->type == CLIENT_HOST &&
	       !ip_address_parse_host(known->name, &address);
}

static uint32_t find_path(const struct comparison *comparison, struct str path)
{
	ID_TABLE_EACH (&comparison->by_path, hash_bytes(0, path), id)
		if (str_equal(comparison->paths.items[id].path, path))
			return id;
	return NONE;
}

static uint32_t add_path(struct comparison *comparison, struct str path)
{
	uint32_t number = (uint32_t)comparison->paths.count;

	id_table_add(comparison->arena, &comparison->by_path,
		     hash_bytes(0, path), number);
	*ARRAY_ADD(comparison->arena, &comparison->paths) = (struct known_path){
		.path = path, .first = NONE, .written = NONE, .announced = NONE
	};
	return number;
}

static struct str written_path(const struct comparison *comparison,
			       uint32_t entry)
{
	return export_table_path(
		comparison->table,
		comparison->entries.items[entry].entry->written_path);
}

/* Where realpath leads elsewhere than etab says; the same path for a line of
 * clients is noted once. */
static void add_written(struct comparison *comparison, struct known_path *known,
			uint32_t index)
{
	const struct export_entry *entry =
		comparison->entries.items[index].entry;

	if (entry->written_path == entry->path ||
	    entry->written_path == known->written)
		return;
	known->written = entry->written_path;
	id_table_add(comparison->arena, &comparison->by_written,
		     hash_bytes(0, written_path(comparison, index)), index);
}

static void add_entry(struct comparison *comparison,
		      const struct export_entry *entry)
{
	struct str path = export_table_path(comparison->table, entry->path);
	uint32_t number = find_path(comparison, path);
	uint32_t index = (uint32_t)comparison->entries.count;
	struct str name =
		export_entry_host(comparison->arena, comparison->table, entry);
	struct known_path *known;

	if (number == NONE)
		number = add_path(comparison, path);
	known = &comparison->paths.items[number];
	if (known->first == NONE)
		known->first = index;
	else
		comparison->entries.items[known->last].next = index;
	known->last = index;
	*ARRAY_ADD(comparison->arena, &comparison->entries) =
		(struct known_entry){ entry, name, client_spec_of(name).type,
				      NONE };
	add_written(comparison, known, index);
}

static void index_etab(struct comparison *comparison)
{
	const struct export_table *table = comparison->table;

	for (size_t i = 0; i < table->entries.count; i++)
		if (may_be_read(&table->entries.items[i]))
			add_entry(comparison, &table->entries.items[i]);
	comparison->drifts->paths = comparison->paths.count;
}

static uint32_t find_written(const struct comparison *comparison,
			     struct str path)
{
	ID_TABLE_EACH (&comparison->by_written, hash_bytes(0, path), id)
		if (str_equal(written_path(comparison, id), path))
			return find_path(
				comparison,
				export_table_path(comparison->table,
						  comparison->entries.items[id]
							  .entry->path));
	return NONE;
}

static uint32_t client_hash(uint32_t path, struct str client)
{
	return hash_bytes_nocase(path * 0x9e3779b1u + 1, client);
}

/* The number of the announced client of that name, or NONE. */
static uint32_t find_client(const struct comparison *comparison, uint32_t path,
			    const struct announced_export *announced,
			    struct str name)
{
	const struct str *clients = comparison->view->clients.items;

	ID_TABLE_EACH (&comparison->by_client, client_hash(path, name), id)
		if (id - announced->first_client < announced->client_count &&
		    str_equal_nocase(clients[id], name))
			return id;
	return NONE;
}

/* A name that comes again says nothing. */
static void index_clients(struct comparison *comparison, uint32_t path,
			  const struct announced_export *announced)
{
	for (uint32_t i = 0; i < announced->client_count; i++) {
		uint32_t id = announced->first_client + i;
		struct str name = comparison->view->clients.items[id];

		if (find_client(comparison, path, announced, name) != NONE)
			comparison->matched[id] = true;
		else
			id_table_add(comparison->arena, &comparison->by_client,
				     client_hash(path, name), id);
	}
}

/* Finds the path of etab that is announced. mountd names none twice. */
static void place(struct comparison *comparison, uint32_t index)
{
	const struct announced_export *announced =
		&comparison->view->exports.items[index];
	uint32_t number = find_path(comparison, announced->path);
	struct known_path *known;

	if (number == NONE)
		number = find_written(comparison, announced->path);
	if (number == NONE)
		return;
	known = &comparison->paths.items[number];
	if (known->announced != NONE)
		return;
	known->announced = index;
	comparison->drifts->common++;
	index_clients(comparison, number, announced);
}

static struct mountd_drift *add_drift(struct comparison *comparison,
				      enum mountd_drift_kind kind,
				      struct str path)
{
	struct mountd_drift *drift =
		ARRAY_ADD(comparison->arena, &comparison->drifts->list);

	drift->kind = kind;
	drift->path = path;
	return drift;
}

/* Is that client announced? It is then accounted for. */
static bool take_client(struct comparison *comparison, uint32_t path,
			const struct announced_export *announced,
			struct str name)
{
	uint32_t id = find_client(comparison, path, announced, name);

	if (id != NONE)
		comparison->matched[id] = true;
	return id != NONE;
}

static const struct known_entry *
first_entry(const struct comparison *comparison, const struct known_path *path)
{
	return &comparison->entries.items[path->first];
}

static const struct known_entry *next_entry(const struct comparison *comparison,
					    const struct known_entry *known)
{
	return known->next == NONE ? NULL
				   : &comparison->entries.items[known->next];
}

/* Does, or may, a client stand for that host as well? */
static bool covers(const struct export_client *other,
		   const struct access_client *host)
{
	if (other->type == CLIENT_NETWORK && host->address.family != IP_NONE)
		return client_match(other, host).answer == MATCH_YES;
	return other->type == CLIENT_NETWORK ||
	       other->type == CLIENT_WILDCARD || other->type == CLIENT_NETGROUP;
}

static bool is_covered(struct comparison *comparison,
		       const struct known_path *path, struct str host)
{
	struct access_client asking = { 0 };

	(void)ip_address_parse_host(host, &asking.address);
	for (const struct known_entry *known = first_entry(comparison, path);
	     known; known = next_entry(comparison, known))
		if (comparison->cover_tests++ >= COVER_TESTS ||
		    (is_loaded(known) &&
		     covers(client_of(comparison, known), &asking)))
			return true;
	return false;
}

static bool has_everybody(const struct comparison *comparison,
			  const struct known_path *path)
{
	for (const struct known_entry *known = first_entry(comparison, path);
	     known; known = next_entry(comparison, known))
		if (known->type == CLIENT_ANONYMOUS)
			return true;
	return false;
}

/* One path of both. */
struct pair {
	uint32_t number;
	const struct known_path *path;
	const struct announced_export *announced;
	bool everybody; /* of etab */
	bool all;	/* the list says the same */
};

static bool is_missing(struct comparison *comparison, const struct pair *pair,
		       const struct known_entry *known)
{
	if (known->type == CLIENT_ANONYMOUS)
		return !pair->all && is_loaded(known);
	if (take_client(comparison, pair->number, pair->announced,
			known->name) ||
	    !is_loaded(known))
		return false;
	/* everybody hides all who come before */
	if (known->type != CLIENT_GSS && (pair->everybody || pair->all))
		return false;
	return known->type != CLIENT_HOST ||
	       !is_covered(comparison, pair->path, known->name);
}

static void add_missing(struct comparison *comparison, const struct pair *pair)
{
	for (const struct known_entry *known =
		     first_entry(comparison, pair->path);
	     known; known = next_entry(comparison, known)) {
		struct mountd_drift *drift;

		if (!is_missing(comparison, pair, known))
			continue;
		drift = add_drift(comparison, MOUNTD_LACKS_CLIENT,
				  pair->path->path);
		drift->entry = known->entry;
		drift->client = known->name.length ? known->name : STR("*");
		drift->by_name = is_name(known);
	}
}

/* Clients that only the list has. Where there are some, names alone do not
 * account for the missing ones of the path, which begin at from. */
static void add_extra(struct comparison *comparison, const struct pair *pair,
		      size_t from)
{
	size_t missing = comparison->drifts->list.count;

	for (uint32_t i = 0; i < pair->announced->client_count; i++) {
		uint32_t index = pair->announced->first_client + i;
		struct str name = comparison->view->clients.items[index];

		if (!comparison->matched[index] && !str_is(name, "*"))
			add_drift(comparison, MOUNTD_HAS_CLIENT,
				  pair->path->path)
				->client = name;
	}
	if (comparison->drifts->list.count == missing)
		return;
	for (; from < missing; from++)
		comparison->drifts->list.items[from].by_name = false;
}

static bool is_for_all(const struct comparison *comparison,
		       const struct announced_export *announced)
{
	for (uint32_t i = 0; i < announced->client_count; i++)
		if (str_is(comparison->view->clients
				   .items[announced->first_client + i],
			   "*"))
			return true;
	return announced->client_count == 0;
}

/* gss/ clients are put into the list that everybody has emptied, and then
 * stand there alone. */
static bool hides_everybody(struct comparison *comparison,
			    const struct pair *pair)
{
	bool hides = false;

	for (const struct known_entry *known =
		     first_entry(comparison, pair->path);
	     known; known = next_entry(comparison, known))
		hides |= known->type == CLIENT_GSS &&
			 take_client(comparison, pair->number, pair->announced,
				     known->name);
	return hides;
}

static void compare_path(struct comparison *comparison, uint32_t number)
{
	const struct known_path *path = &comparison->paths.items[number];
	struct pair pair = { .number = number, .path = path };
	size_t from = comparison->drifts->list.count;

	pair.announced = &comparison->view->exports.items[path->announced];
	pair.everybody = has_everybody(comparison, path);
	pair.all = is_for_all(comparison, pair.announced) ||
		   (pair.everybody && hides_everybody(comparison, &pair));
	add_missing(comparison, &pair);
	if (pair.all && !pair.everybody)
		add_drift(comparison, MOUNTD_HAS_CLIENT, path->path)->client =
			STR("*");
	add_extra(comparison, &pair, from);
}

/* A path that the list has not; no wonder where none of its names has an
 * address. */
static void add_lacking(struct comparison *comparison,
			const struct known_path *path)
{
	const struct known_entry *first = NULL;
	struct mountd_drift *drift;
	bool by_name = true;

	for (const struct known_entry *known = first_entry(comparison, path);
	     known; known = next_entry(comparison, known)) {
		if (!is_loaded(known))
			continue;
		first = first ? first : known;
		by_name &= is_name(known);
	}
	if (!first)
		return;
	drift = add_drift(comparison, MOUNTD_LACKS_PATH, path->path);
	drift->entry = first->entry;
	drift->by_name = by_name;
}

static void compare_paths(struct comparison *comparison)
{
	for (uint32_t i = 0; i < comparison->paths.count; i++)
		if (comparison->paths.items[i].announced == NONE)
			add_lacking(comparison, &comparison->paths.items[i]);
		else
			compare_path(comparison, i);
}

static void add_foreign(struct comparison *comparison)
{
	const struct mountd_view *view = comparison->view;

	for (size_t i = 0; i < view->exports.count; i++)
		if (find_path(comparison, view->exports.items[i].path) ==
			    NONE &&
		    find_written(comparison, view->exports.items[i].path) ==
			    NONE)
			add_drift(comparison, MOUNTD_HAS_PATH,
				  view->exports.items[i].path);
}

void mountd_drift_find(struct arena *arena, const struct export_table *in_force,
		       const struct mountd_view *view,
		       struct mountd_drifts *drifts)
{
	struct comparison comparison = {
		.arena = arena,
		.table = in_force,
		.view = view,
		.drifts = drifts,
		.matched = arena_alloc_array(arena, view->clients.count,
					     sizeof(bool)),
	};

	*drifts = (struct mountd_drifts){ .announced = view->exports.count };
	index_etab(&comparison);
	for (uint32_t i = 0; i < view->exports.count; i++)
		place(&comparison, i);
	compare_paths(&comparison);
	add_foreign(&comparison);
}
