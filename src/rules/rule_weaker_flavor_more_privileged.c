#include "flavor_story.h"

static void check_group(struct rule_run *run, const struct client_group *group)
{
	const struct export_entry *entry = group->entry;
	struct flavor_story story = flavor_story_of(run->table, entry->policy);
	struct finding *finding;

	if (story.oddity != FLAVORS_UPSIDE_DOWN)
		return;
	finding = rule_report(
		run, entry,
		export_entry_option_span(run->arena, run->table, entry,
					 OPTION_SEC),
		"on %.*s %s with sec=%s, but %s with the stronger sec=%s, for "
		"%s",
		STR_ARG(export_entry_path(run->arena, run->table, entry)),
		flavor_right(story.flag, true), story.flavor,
		flavor_right(story.flag, false), story.other,
		client_group_text(run, group));
	finding->fix.description =
		arena_printf(run->arena, "write `%s` behind `sec=%s`",
			     flavor_option(story.flag, false), story.flavor);
}

static void check(struct rule_run *run)
{
	client_groups_each(run, check_group);
}

const struct rule rule_weaker_flavor_more_privileged = {
	.slug = "weaker-flavor-more-privileged",
	.severity = SEVERITY_HIGH,
	.traits = TRAIT_SECURITY,
	.summary = "a weaker flavor has more rights than a stronger one",
	.rationale = "The client chooses the flavor. If the weaker one has "
		     "more rights, whoever wants them asks for the weaker one, "
		     "and the stronger one protects nothing.",
	.remedy = "Give the strongest flavor the most rights.",
	.bad = "/srv/data 10.1.0.0/24(sec=krb5p,ro,sec=sys,rw)\n",
	.good = "/srv/data 10.1.0.0/24(sec=krb5i,ro,sec=krb5p,rw)\n",
	.references =
		(const char *const[]){ "exports(5), RPCSEC_GSS security",
				       "CWE-757: Selection of Less-Secure "
				       "Algorithm During Negotiation",
				       NULL },
	.check_table = check,
};
