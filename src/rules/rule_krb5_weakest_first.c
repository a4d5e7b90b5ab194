#include "flavor_story.h"

/* Does a stronger Kerberos flavor follow the first one? */
static bool rises(const struct export_policy *policy, const char **first,
		  const char **best)
{
	unsigned strength, weakest = 0, strongest = 0;

	for (unsigned i = 0; i < policy->flavor_count; i++) {
		const struct security_flavor *flavor =
			policy->flavors[i].flavor;

		strength = flavor_strength(flavor);
		if (strength <
		    flavor_strength(security_flavor_find(STR("krb5"))))
			continue;
		if (!weakest) {
			weakest = strength;
			*first = flavor->name;
		}
		if (strength > strongest) {
			strongest = strength;
			*best = flavor->name;
		}
	}
	return strongest > weakest;
}

static void check_group(struct rule_run *run, const struct client_group *group)
{
	const struct export_entry *entry = group->entry;
	const struct export_policy *policy = rule_policy(run, entry);
	const char *first = "", *best = "";
	struct finding *finding;

	if (!rises(policy, &first, &best))
		return;
	finding = rule_report(
		run, entry,
		export_entry_option_span(run->arena, run->table, entry,
					 OPTION_SEC),
		"clients that don't choose get sec=%s on %.*s, although sec=%s "
		"is "
		"offered too",
		first,
		STR_ARG(export_entry_path(run->arena, run->table, entry)),
		best);
	finding->fix.description =
		arena_printf(run->arena, "name `%s` first", best);
}

static void check(struct rule_run *run)
{
	client_groups_each(run, check_group);
}

const struct rule rule_krb5_weakest_first = {
	.slug = "krb5-weakest-first",
	.severity = SEVERITY_INFO,
	.traits = TRAIT_ALL,
	.summary = "the weaker Kerberos flavor is named first",
	.rationale = "The server offers flavors in the order in which they are "
		     "written, and most clients take the first that they know. "
		     "krb5 before krb5p means that krb5p is hardly ever used.",
	.remedy = "Write sec=krb5p:krb5i:krb5.",
	.bad = "/srv/data 10.1.0.0/24(rw,sec=krb5:krb5p)\n",
	.good = "/srv/data 10.1.0.0/24(rw,sec=krb5p:krb5i)\n",
	.references = (const char *const[]){ "exports(5), RPCSEC_GSS security",
					     NULL },
	.check_table = check,
};
