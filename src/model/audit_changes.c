#include "audit_changes.h"

#include "id_table.h"

const struct audit_kind_row audit_kinds[AUDIT_KINDS] = {
	[AUDIT_FINDING] = { "findings",
			    5,
			    1,
			    1,
			    { "fingerprint", "severity", "rule", "place",
			      "message" } },
	[AUDIT_EXPORT] = { "exports",
			   3,
			   2,
			   1,
			   { "path", "client", "options" } },
	[AUDIT_LISTED] = { "listed", 2, 1, 1, { "path", "clients" } },
	[AUDIT_CLIENT] = { "clients", 1, 1, 0, { "client" } },
	[AUDIT_UNCHECKED] = { "unchecked", 2, 1, 0, { "what", "why" } },
};

struct comparison {
	struct arena *arena;
	enum audit_kind kind;
	const struct audit_facts *known;
	struct id_table index; /* of the known facts */
	bool *seen_again;      /* for each of them */
	struct audit_changes *changes;
};

static uint32_t hash_key(enum audit_kind kind, const struct audit_fact *fact)
{
	uint32_t hash = 0;

	for (unsigned i = 0; i < audit_kinds[kind].keys; i++)
		hash = hash_bytes(hash, fact->text[i]);
	return hash;
}

static bool columns_equal(const struct audit_fact *a,
			  const struct audit_fact *b, unsigned begin,
			  unsigned end)
{
	for (unsigned i = begin; i < end; i++)
		if (!str_equal(a->text[i], b->text[i]))
			return false;
	return true;
}

static void add_change(struct comparison *comparison,
		       enum audit_change_kind how,
		       const struct audit_fact *before,
		       const struct audit_fact *after)
{
	struct audit_changes *changes = comparison->changes;
	enum audit_kind kind = comparison->kind;

	changes->counts[kind][how]++;
	*ARRAY_ADD(comparison->arena, &changes->list[kind]) =
		(struct audit_change){ how, before, after };
}

static const struct audit_fact *find_known(struct comparison *comparison,
					   const struct audit_fact *fact)
{
	enum audit_kind kind = comparison->kind;
	const struct audit_fact *known = comparison->known->list[kind].items;

	ID_TABLE_EACH (&comparison->index, hash_key(kind, fact), id) {
		if (!columns_equal(&known[id], fact, 0, audit_kinds[kind].keys))
			continue;
		comparison->seen_again[id] = true;
		return &known[id];
	}
	return NULL;
}

static void compare_seen(struct comparison *comparison,
			 const struct audit_fact *fact)
{
	const struct audit_kind_row *row = &audit_kinds[comparison->kind];
	const struct audit_fact *before = find_known(comparison, fact);
	unsigned values_end = row->keys + row->values;

	if (!before)
		add_change(comparison, CHANGE_APPEARED, NULL, fact);
	else if (!columns_equal(before, fact, row->keys, values_end))
		add_change(comparison, CHANGE_OTHER, before, fact);
	else if (!columns_equal(before, fact, values_end, row->columns))
		add_change(comparison, CHANGE_NOTED, before, fact);
}

static void index_known(struct comparison *comparison)
{
	enum audit_kind kind = comparison->kind;
	const struct audit_facts *known = comparison->known;

	comparison->index = (struct id_table){ 0 };
	id_table_reserve(comparison->arena, &comparison->index,
			 known->list[kind].count);
	comparison->seen_again = arena_alloc_array(
		comparison->arena, known->list[kind].count, sizeof(bool));
	for (size_t i = 0; i < known->list[kind].count; i++)
		id_table_add(comparison->arena, &comparison->index,
			     hash_key(kind, &known->list[kind].items[i]),
			     (uint32_t)i);
}

/* The run since which the least is to be seen: what was found before it may
 * still be there. */
static int64_t blind_since(const struct comparison *comparison)
{
	const struct audit_facts *known = comparison->known;
	int64_t since = 0;

	if (comparison->changes->counts[AUDIT_UNCHECKED][CHANGE_APPEARED])
		return INT64_MAX;
	for (size_t i = 0; i < known->list[AUDIT_UNCHECKED].count; i++) {
		const struct audit_fact *fact =
			&known->list[AUDIT_UNCHECKED].items[i];

		if (comparison->seen_again[i] && fact->since > since)
			since = fact->since;
	}
	return since;
}

static void compare_unseen(struct comparison *comparison,
			   const struct audit_sight *sight, int64_t blind)
{
	enum audit_kind kind = comparison->kind;
	const struct audit_facts *known = comparison->known;

	for (size_t i = 0; i < known->list[kind].count; i++) {
		const struct audit_fact *fact = &known->list[kind].items[i];

		if (!comparison->seen_again[i] &&
		    sight->would_see(sight, kind, fact, fact->since < blind))
			add_change(comparison, CHANGE_VANISHED, fact, NULL);
	}
}

void audit_changes_find(struct arena *arena, const struct audit_facts *known,
			const struct audit_facts *seen,
			const struct audit_sight *sight,
			struct audit_changes *changes)
{
	struct comparison comparison = { .arena = arena,
					 .known = known,
					 .changes = changes };
	int64_t blind = 0;

	*changes = (struct audit_changes){ 0 };
	/* what can't be looked at comes first: the others depend on it */
	for (int kind = AUDIT_KINDS - 1; kind >= 0; kind--) {
		comparison.kind = (enum audit_kind)kind;
		index_known(&comparison);
		for (size_t i = 0; i < seen->list[kind].count; i++)
			compare_seen(&comparison, &seen->list[kind].items[i]);
		if (kind == AUDIT_UNCHECKED)
			blind = blind_since(&comparison);
		compare_unseen(&comparison, sight, blind);
	}
}
