#include "address_set.h"
#include "export_rights.h"
#include "wildcard_pairs.h"

/* Networks with holes in their masks that are compared with the others of a
 * path; each costs one look at all of them. */
enum { HOLED_COMPARED = 32 };

static void report(struct rule_run *run, const struct export_entry *earlier,
		   const struct export_entry *later, const char *what)
{
	struct str path = export_entry_path(run->arena, run->table, later);
	struct str name = rule_client(run, later)->name;
	struct str earlier_name = rule_client(run, earlier)->name;
	struct finding *finding;

	finding = rule_report(run, later, export_entry_span(run->table, later),
			      "%s that both %.*s and %.*s match get the "
			      "options of the first at %.*s, because it stands "
			      "first",
			      what, STR_ARG(earlier_name), STR_ARG(name),
			      STR_ARG(path));
	rule_relate(run, finding, earlier, "this one decides");
}

static bool differ(const struct rule_run *run, const struct export_entry *a,
		   const struct export_entry *b)
{
	return !export_policies_agree(rule_policy(run, a), rule_policy(run, b));
}

static void check_wildcards(struct rule_run *run,
			    const struct path_group *group)
{
	struct wildcard_pair pair = { 0 };

	while (wildcard_pair_next(run, group, WILDCARD_CROSSED, &pair))
		if (differ(run, pair.earlier, pair.later))
			report(run, pair.earlier, pair.later, "hosts");
}

static bool read_network(const struct rule_run *run,
			 const struct export_entry *entry,
			 struct client_network *network)
{
	const struct export_client *client = rule_client(run, entry);

	return client->type == CLIENT_NETWORK &&
	       client_network_parse(client->name, network) == CLIENT_FINE;
}

/* A narrower network before a wider one is in order, also with holes. */
static bool is_crossed(const struct client_network *earlier,
		       const struct client_network *later)
{
	return client_networks_overlap(earlier, later) &&
	       !client_network_contains(later, earlier);
}

/* Reports the first network that overlaps with number `at` of the group,
 * which has a mask with holes. */
static void check_holed(struct rule_run *run, const struct path_group *group,
			size_t at, const struct client_network *holed)
{
	const struct export_entry *entry = path_group_entry(run, group, at);
	struct client_network network;

	for (size_t i = 0; i < group->count; i++) {
		const struct export_entry *other =
			path_group_entry(run, group, i);

		if (i == at || !read_network(run, other, &network) ||
		    !differ(run, entry, other))
			continue;
		if (i < at ? is_crossed(&network, holed)
			   : is_crossed(holed, &network)) {
			report(run, i < at ? other : entry,
			       i < at ? entry : other, "addresses");
			return;
		}
	}
}

static void check_networks(struct rule_run *run, const struct path_group *group)
{
	struct client_network network;
	struct address_range range;
	unsigned compared = 0;

	for (size_t i = 0; i < group->count && compared < HOLED_COMPARED; i++) {
		const struct export_entry *entry =
			path_group_entry(run, group, i);

		if (!read_network(run, entry, &network) ||
		    address_range_of(&network, &range))
			continue;
		check_holed(run, group, i, &network);
		compared++;
	}
}

static void check(struct rule_run *run)
{
	struct path_groups groups = path_groups_of(run);

	for (size_t i = 0; i < groups.count; i++) {
		if (groups.by_path[i].count < 2)
			continue;
		check_wildcards(run, &groups.by_path[i]);
		check_networks(run, &groups.by_path[i]);
	}
}

const struct rule rule_overlapping_same_type = {
	.slug = "overlapping-same-type",
	.severity = SEVERITY_MEDIUM,
	.traits = TRAIT_ALL,
	.summary = "two patterns, or two odd netmasks, overlap with different "
		   "options",
	.rationale = "Among entries of one kind the first in the file "
		     "decides, not the one that fits better. Where two of "
		     "them overlap and neither is part of the other, moving a "
		     "line changes the rights of the clients in common.",
	.remedy = "Write clients that do not overlap, or give both entries "
		  "the same options.",
	.bad = "/srv/data web*.example.com(rw) *1.example.com(ro)\n",
	.good = "/srv/data *.web.example.com(rw) *.db.example.com(ro)\n",
	.references = (const char *const[]){ "exports(5), Machine Name Formats",
					     NULL },
	.check_table = check,
};
