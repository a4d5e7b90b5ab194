#include "client_reach.h"
#include "client_rules.h"
#include "export_rights.h"
#include "network_forest.h"
#include "wildcard_pairs.h"

/* The entries that a broader one gives more than they say. */
struct escape {
	const struct export_entry *first, *broader;
	size_t more;
};

struct search {
	struct rule_run *run;
	const struct path_group *group;
	struct network_forest forest;
	const struct export_entry *everybody;
	const struct export_entry *patterns[WILDCARDS_COMPARED];
	size_t pattern_count;
	ARRAY(struct escape) escapes;
	struct id_table by_broader;
};

static bool is_laxer(const struct search *search,
		     const struct export_entry *broader,
		     const struct export_entry *entry)
{
	return export_rights_beyond(rule_policy(search->run, broader),
				    rule_policy(search->run, entry)) != 0;
}

static void add(struct search *search, const struct export_entry *entry,
		const struct export_entry *broader)
{
	uint32_t hash = (uint32_t)((uintptr_t)broader / sizeof(*broader));
	struct escape *escape;

	ID_TABLE_EACH (&search->by_broader, hash, id) {
		escape = &search->escapes.items[id];
		if (escape->broader == broader) {
			escape->more++;
			return;
		}
	}
	id_table_add(search->run->arena, &search->by_broader, hash,
		     (uint32_t)search->escapes.count);
	*ARRAY_ADD(search->run->arena, &search->escapes) =
		(struct escape){ .first = entry, .broader = broader };
}

/* A wider network that is laxer, and decides for somebody else. */
static const struct export_entry *
find_network(const struct search *search, const struct forest_member *member)
{
	const struct forest_node *nodes = search->forest.nodes.items;
	uint32_t at = nodes[member->node].parent;

	for (; at != FOREST_NONE; at = nodes[at].parent) {
		const struct forest_member *wider;

		if (nodes[at].network == FOREST_NONE)
			continue;
		wider = &search->forest.members.items[nodes[at].network];
		if (wider->wins &&
		    is_laxer(search, wider->entry, member->entry))
			return wider->entry;
	}
	return NULL;
}

/* zero-prefix tells that such a network is hardly what was meant. */
static bool is_zero_prefix(const struct search *search,
			   const struct forest_member *member)
{
	const struct export_client *client =
		rule_client(search->run, member->entry);
	struct client_network network;

	return client->type == CLIENT_NETWORK &&
	       client_network_parse(client->name, &network) == CLIENT_FINE &&
	       network.zero_prefix;
}

static void check_member(struct search *search, size_t i)
{
	const struct forest_member *member = &search->forest.members.items[i];
	const struct export_entry *broader;

	/* Of a host with several addresses the first one is enough. */
	if (i && search->forest.members.items[i - 1].entry == member->entry)
		return;
	if (!member->host && (!member->wins || is_zero_prefix(search, member)))
		return;
	broader = find_network(search, member);
	if (!broader && search->everybody &&
	    is_laxer(search, search->everybody, member->entry))
		broader = search->everybody;
	if (broader)
		add(search, member->entry, broader);
}

/* Hosts whose addresses are not known are compared by name. */
static void check_named_host(struct search *search,
			     const struct export_entry *entry)
{
	struct str name = rule_client(search->run, entry)->name;

	for (size_t i = 0; i < search->pattern_count; i++) {
		const struct export_entry *pattern = search->patterns[i];

		if (is_laxer(search, pattern, entry) &&
		    wildcard_matches(rule_client(search->run, pattern)->name,
				     name)) {
			add(search, entry, pattern);
			return;
		}
	}
	if (search->everybody && is_laxer(search, search->everybody, entry))
		add(search, entry, search->everybody);
}

static void check_names(struct search *search)
{
	for (size_t i = 0; i < search->group->count; i++) {
		const struct export_entry *entry =
			path_group_entry(search->run, search->group, i);
		const struct export_client *client =
			rule_client(search->run, entry);

		if (client->type == CLIENT_WILDCARD &&
		    search->pattern_count < WILDCARDS_COMPARED)
			search->patterns[search->pattern_count++] = entry;
	}
	for (size_t i = 0; i < search->group->count; i++) {
		const struct export_entry *entry =
			path_group_entry(search->run, search->group, i);
		const struct export_client *client =
			rule_client(search->run, entry);

		if (client->type == CLIENT_HOST && !client->numeric &&
		    !client->address_count)
			check_named_host(search, entry);
	}
}

static const char *others_text(struct arena *arena, size_t more)
{
	if (!more)
		return "";
	if (more == 1)
		return " (so is one more client)";
	return arena_printf(arena, " (so are %zu more clients)", more);
}

static void report(struct rule_run *run, const struct escape *escape)
{
	const struct export_policy *policy = rule_policy(run, escape->first);
	const struct export_policy *lax = rule_policy(run, escape->broader);
	const struct export_client *broader = rule_client(run, escape->broader);
	struct str path =
		export_entry_path(run->arena, run->table, escape->first);
	const char *where =
		broader->type == CLIENT_ANONYMOUS ? "any other address"
		: broader->type == CLIENT_WILDCARD
			? arena_printf(run->arena,
				       "another address whose name matches "
				       "%.*s",
				       STR_ARG(broader->name))
			: arena_printf(run->arena, "another address in %.*s",
				       STR_ARG(broader->name));
	struct finding *finding;

	finding = rule_report(
		run, escape->first,
		export_entry_span(run->table, escape->first),
		"%s is held to `%s` on %.*s%s, but from %s the same machine "
		"may %s",
		client_reach_text(run->arena, rule_client(run, escape->first)),
		export_rights_text(run->arena, policy), STR_ARG(path),
		others_text(run->arena, escape->more), where,
		export_right_text(export_rights_beyond(lax, policy)));
	rule_relate(run, finding, escape->broader, "this one gives more");
	finding->fix.description =
		"give the broader entry no more than this one";
}

static void check_group(struct rule_run *run, const struct path_group *group)
{
	struct search search = { .run = run, .group = group };

	network_forest_build(run, group, &search.forest);
	search.everybody = path_group_everybody(run, group);
	if (search.everybody && !client_is_deliberate(run, search.everybody))
		search.everybody = NULL;
	for (size_t i = 0; i < search.forest.members.count; i++)
		check_member(&search, i);
	check_names(&search);
	for (size_t i = 0; i < search.escapes.count; i++)
		report(run, &search.escapes.items[i]);
}

static void check(struct rule_run *run)
{
	struct path_groups groups = path_groups_of(run);

	for (size_t i = 0; i < groups.count; i++)
		if (groups.by_path[i].count > 1)
			check_group(run, &groups.by_path[i]);
}

const struct rule rule_broader_match_more_privileged = {
	.slug = "broader-match-more-privileged",
	.severity = SEVERITY_HIGH,
	.traits = TRAIT_ALL,
	.summary = "a client is restricted, but a broader entry of the path "
		   "gives more",
	.rationale = "The restriction holds only while the server sees the "
		     "client at the address that is written. With another "
		     "address of its own, a forged one, or after a name "
		     "look-up that fails, the client falls to the broader "
		     "entry and has more rights than it was given.",
	.remedy = "Give the broader entry at most the rights of the narrower "
		  "one, and add rights for the hosts that need them.",
	.bad = "/srv/data 10.1.0.5(ro) 10.1.0.0/24(rw)\n",
	.good = "/srv/data 10.1.0.5(rw) 10.1.0.0/24(ro)\n",
	.references = (const char *const[]){ "exports(5), Machine Name Formats",
					     NULL },
	.check_table = check,
};
