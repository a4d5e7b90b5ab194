#include "assert_outcomes.h"

#include "assert_conditions.h"

/* An entry that may match, and for how many up to it the assertion holds. */
struct maybe {
	uint64_t rank;
	uint32_t held;
};

struct maybes {
	ARRAY(struct maybe) list;	    /* by rank */
	const struct export_entry *failing; /* the first; NULL: none */
};

/* An exported directory, the path itself first. */
struct level {
	struct path_entries *entries;
	struct maybes all;
	struct maybes crossing;	       /* those of them with crossmnt */
	ARRAY(uint32_t) with_crossmnt; /* positions of all entries that have */
};

struct assert_outcomes {
	struct arena *arena;
	struct export_question question;
	const struct assertion *assertion;
	const struct access_wish *wish;
	ARRAY(struct level) levels;
};

/* What was counted for one address. */
struct tally {
	size_t held, failed;
	const struct export_entry *failing; /* one of these, or NULL */
};

static const struct export_table *
table_of(const struct assert_outcomes *outcomes)
{
	return outcomes->question.index->table;
}

static const struct export_client *
client_of(const struct assert_outcomes *outcomes,
	  const struct export_entry *entry)
{
	return &table_of(outcomes)->clients.list.items[entry->client];
}

/* Grows in the order in which mountd goes through the entries of a path. */
static uint64_t rank_of(const struct assert_outcomes *outcomes,
			const struct export_entry *entry)
{
	size_t index = (size_t)(entry - table_of(outcomes)->entries.items);

	return (uint64_t)client_of(outcomes, entry)->type << 32 | index;
}

static bool crosses(const struct assert_outcomes *outcomes,
		    const struct export_entry *entry)
{
	return table_of(outcomes)->policies.list.items[entry->policy].flags &
	       EXPORT_CROSSMOUNT;
}

/* Does the assertion hold where that entry decides? *why, if it is not NULL,
 * is what is the matter if not, or NULL if the entry alone is. */
static bool holds(const struct assert_outcomes *outcomes,
		  const struct export_entry *entry, const char **why)
{
	struct assert_condition conditions[ASSERT_CONDITIONS_MAX];
	unsigned count = assert_conditions_of(outcomes->assertion, conditions);

	for (unsigned i = 0; i < count; i++) {
		struct access_wish wish = *outcomes->wish;
		struct access_answer answer;

		wish.can = conditions[i].can;
		answer = access_of_entry(&outcomes->question, &wish, entry);
		if (answer.verdict == conditions[i].wanted)
			continue;
		if (why)
			*why = answer.why ? answer.why : conditions[i].else_why;
		return false;
	}
	return true;
}

static void add_maybe(struct assert_outcomes *outcomes, struct maybes *maybes,
		      const struct export_entry *entry, bool held)
{
	size_t count = maybes->list.count;
	uint32_t before = count ? maybes->list.items[count - 1].held : 0;

	*ARRAY_ADD(outcomes->arena, &maybes->list) =
		(struct maybe){ rank_of(outcomes, entry), before + held };
	if (!held && !maybes->failing)
		maybes->failing = entry;
}

static void add_level(struct assert_outcomes *outcomes,
		      struct path_entries *entries)
{
	struct level *level = ARRAY_ADD(outcomes->arena, &outcomes->levels);
	struct access_client asking = *outcomes->question.client;

	level->entries = entries;
	/* what is not decided for one address is so for all */
	asking.address = (struct ip_address){ .family = IP_V4 };
	for (size_t i = 0; i < entries->list.count; i++) {
		uint32_t index = entries->list.items[i];
		const struct export_entry *entry =
			&table_of(outcomes)->entries.items[index];
		const struct export_client *client = client_of(outcomes, entry);
		bool held;

		if (crosses(outcomes, entry))
			*ARRAY_ADD(outcomes->arena, &level->with_crossmnt) =
				index;
		if (!client_is_symbolic(client) ||
		    client_match(client, &asking).answer != MATCH_DEPENDS)
			continue;
		held = holds(outcomes, entry, NULL);
		add_maybe(outcomes, &level->all, entry, held);
		if (crosses(outcomes, entry))
			add_maybe(outcomes, &level->crossing, entry, held);
	}
}

struct assert_outcomes *
assert_outcomes_new(struct arena *arena, const struct export_question *question,
		    const struct assertion *assertion,
		    const struct access_wish *wish)
{
	struct assert_outcomes *outcomes =
		arena_alloc(arena, sizeof(*outcomes));
	struct str path = question->path;

	outcomes->arena = arena;
	outcomes->question = *question;
	outcomes->question.nfs_version =
		assert_version_of(assertion, question->nfs_version);
	outcomes->assertion = assertion;
	outcomes->wish = wish;
	do {
		struct path_entries *entries =
			export_index_path(question->index, path);

		if (entries)
			add_level(outcomes, entries);
	} while (export_path_parent(&path));
	return outcomes;
}

/* Those that come before the entry that matches for certain, and that one. */
static void count(const struct assert_outcomes *outcomes,
		  const struct maybes *maybes, const struct export_entry *sure,
		  struct tally *tally)
{
	uint64_t end = sure ? rank_of(outcomes, sure) : UINT64_MAX;
	size_t low = 0, high = maybes->list.count;
	uint32_t held;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (maybes->list.items[middle].rank < end)
			low = middle + 1;
		else
			high = middle;
	}
	held = low ? maybes->list.items[low - 1].held : 0;
	tally->held += held;
	tally->failed += low - held;
	if (low > held && !tally->failing)
		tally->failing = maybes->failing;
	if (!sure)
		return;
	if (holds(outcomes, sure, NULL)) {
		tally->held++;
		return;
	}
	tally->failed++;
	if (!tally->failing)
		tally->failing = sure;
}

/* The first entry with crossmnt that matches for certain. */
static const struct export_entry *
sure_crossing(const struct assert_outcomes *outcomes, const struct level *level,
	      const struct export_entry *sure,
	      const struct access_client *client)
{
	if (!sure || crosses(outcomes, sure))
		return sure;
	for (size_t i = 0; i < level->with_crossmnt.count; i++) {
		const struct export_entry *entry =
			&table_of(outcomes)
				 ->entries.items[level->with_crossmnt.items[i]];

		if (client_match(client_of(outcomes, entry), client).answer ==
		    MATCH_YES)
			return entry;
	}
	return NULL;
}

/* Counts all outcomes that there may be for the client of the question. */
static void count_all(const struct assert_outcomes *outcomes,
		      const struct export_question *question,
		      struct tally *tally)
{
	bool by_mountd = question->nfs_version == 3, refusable = true;

	for (size_t i = 0; i < outcomes->levels.count; i++) {
		const struct level *level = &outcomes->levels.items[i];
		const struct export_entry *sure =
			export_decide(question, level->entries).entry;

		count(outcomes, &level->all, sure, tally);
		if (i == 0 && sure)
			refusable = question->index->root_count != 0 ||
				    question->local;
		if (by_mountd && sure) {
			refusable = false;
			break;
		}
		if (!by_mountd)
			count(outcomes, &level->crossing,
			      sure_crossing(outcomes, level, sure,
					    question->client),
			      tally);
	}
	if (!refusable)
		return;
	if (outcomes->assertion->verb == ASSERT_DENY)
		tally->held++;
	else
		tally->failed++;
}

static const char *reason_of(const struct assert_outcomes *outcomes,
			     struct ip_address address,
			     const struct export_entry *entry)
{
	struct str path = export_table_path(table_of(outcomes), entry->path);
	const struct export_client *client = client_of(outcomes, entry);
	struct access_client asking = *outcomes->question.client;
	struct str name =
		client->type == CLIENT_ANONYMOUS ? STR("*") : client->name;
	struct client_match match;
	const char *why = NULL;

	asking.address = address;
	match = client_match(client, &asking);
	(void)holds(outcomes, entry, &why);
	return arena_printf(outcomes->arena,
			    "the entry of %.*s for %.*s may decide%s%s%s%s",
			    STR_ARG(path), STR_ARG(name), why ? ", and " : "",
			    why ? why : "",
			    match.answer == MATCH_DEPENDS ? "; " : "",
			    match.answer == MATCH_DEPENDS ? match.why : "");
}

struct assert_settled
assert_outcomes_settle(const struct assert_outcomes *outcomes,
		       struct ip_address address)
{
	struct access_client client = *outcomes->question.client;
	struct export_question question = outcomes->question;
	struct assert_settled settled = { .result = ASSERT_PASSES };
	struct tally tally = { 0 };

	client.address = address;
	client.suppose = SUPPOSE_KNOWN;
	question.client = &client;
	count_all(outcomes, &question, &tally);
	if (!tally.failed)
		return settled;
	settled.result = tally.held ? ASSERT_UNDECIDED : ASSERT_FAILS;
	settled.entry = tally.failing;
	if (tally.failing)
		settled.reason = reason_of(outcomes, address, tally.failing);
	return settled;
}
