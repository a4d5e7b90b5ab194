#include "client_rules.h"
#include "path_groups.h"

enum { HAS_V4 = 1, HAS_V6 = 2, HAS_NAMES = 4, HAS_BOTH = HAS_V4 | HAS_V6 };

/* The families that an entry lets in by address. */
static unsigned families_of(const struct rule_run *run,
			    const struct export_entry *entry)
{
	struct client_range range;

	if (!client_range_of(run, entry, &range))
		return HAS_NAMES;
	if (range.use != ADDRESS_ORDINARY)
		return 0;
	return range.address.family == IP_V4 ? HAS_V4 : HAS_V6;
}

static unsigned families_of_group(const struct rule_run *run,
				  const struct path_group *group)
{
	unsigned families = 0;

	for (size_t i = 0; i < group->count; i++)
		families |= families_of(run, path_group_entry(run, group, i));
	return families;
}

static bool is_one_family(unsigned families)
{
	return families == HAS_V4 || families == HAS_V6;
}

/* The first path that is open by both families, or NULL. */
static const struct path_group *find_both(const struct rule_run *run,
					  const struct path_groups *groups)
{
	for (size_t i = 0; i < groups->count; i++)
		if ((families_of_group(run, &groups->by_path[i]) & HAS_BOTH) ==
		    HAS_BOTH)
			return &groups->by_path[i];
	return NULL;
}

static void report(struct rule_run *run, const struct path_group *group,
		   const struct path_group *both)
{
	const struct export_entry *entry = path_group_entry(run, group, 0);
	const struct export_entry *other = path_group_entry(run, both, 0);
	bool v4 = families_of_group(run, group) == HAS_V4;
	struct finding *finding;

	finding = rule_report(
		run, entry, export_entry_span(run->table, entry),
		"a client that comes over %s is refused at %.*s, but not at "
		"%.*s",
		v4 ? "IPv6" : "IPv4",
		STR_ARG(export_entry_path(run->arena, run->table, entry)),
		STR_ARG(export_entry_path(run->arena, run->table, other)));
	rule_relate(run, finding, other, "this path has clients of both");
	finding->fix.description =
		arena_printf(run->arena, "add the %s networks of the clients",
			     v4 ? "IPv6" : "IPv4");
}

static void check(struct rule_run *run)
{
	struct path_groups groups = path_groups_of(run);
	const struct path_group *both = find_both(run, &groups);

	for (size_t i = 0; both && i < groups.count; i++)
		if (groups.by_path[i].count &&
		    is_one_family(families_of_group(run, &groups.by_path[i])))
			report(run, &groups.by_path[i], both);
}

const struct rule rule_missing_address_family = {
	.slug = "missing-address-family",
	.severity = SEVERITY_INFO,
	.traits = TRAIT_ALL,
	.summary = "a path names IPv4 clients only, where others name both "
		   "families",
	.rationale = "A client with both families takes the one that its "
		     "resolver puts first, mostly IPv6. Where a path names "
		     "only the other one the mount is refused, or works one "
		     "day and not the next.",
	.remedy = "Name the networks of both families, or of one family "
		  "everywhere.",
	.bad = "/srv/a 10.1.0.0/24(ro) fd00:1::/64(ro)\n"
	       "/srv/b 10.1.0.0/24(ro)\n",
	.good = "/srv/a 10.1.0.0/24(ro) fd00:1::/64(ro)\n"
		"/srv/b 10.1.0.0/24(ro) fd00:1::/64(ro)\n",
	.references = (const char *const[]){ "exports(5), Machine Name Formats",
					     NULL },
	.check_table = check,
};
