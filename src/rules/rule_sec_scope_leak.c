#include "flavor_story.h"

static void check_group(struct rule_run *run, const struct client_group *group)
{
	const struct export_entry *entry = group->entry;
	struct flavor_story story = flavor_story_of(run->table, entry->policy);
	struct finding *finding;

	if (story.oddity != FLAVORS_LEAK)
		return;
	finding = rule_report(
		run, entry,
		export_entry_option_span(run->arena, run->table, entry,
					 OPTION_SEC),
		"with sec=%s %s on %.*s for %s, because `%s` behind sec=%s "
		"holds for the flavors that follow as well",
		story.flavor, flavor_right(story.flag, true),
		STR_ARG(export_entry_path(run->arena, run->table, entry)),
		client_group_text(run, group), flavor_option(story.flag, true),
		story.other);
	finding->fix.description =
		arena_printf(run->arena, "write `%s` behind `sec=%s`",
			     flavor_option(story.flag, false), story.flavor);
}

static void check(struct rule_run *run)
{
	client_groups_each(run, check_group);
}

const struct rule rule_sec_scope_leak = {
	.slug = "sec-scope-leak",
	.severity = SEVERITY_HIGH,
	.traits = TRAIT_SECURITY,
	.summary = "a weaker flavor has the rights of the section before it",
	.rationale = "Options behind a sec= change the starting point of all "
		     "later sections. A flavor that is named later has the "
		     "rights that were given to a stronger one, unless its own "
		     "section takes them back.",
	.remedy = "Name the flavors with the fewest rights first, or write all "
		  "rights into each section.",
	.bad = "/srv/data 10.1.0.0/24(sec=krb5p,rw,no_root_squash,sec=sys)\n",
	.good = "/srv/data 10.1.0.0/24(sec=krb5p,rw,sec=krb5i,ro)\n",
	.references = (const char *const[]){ "exports(5), RPCSEC_GSS security",
					     "CWE-284: Improper Access Control",
					     NULL },
	.check_table = check,
};
