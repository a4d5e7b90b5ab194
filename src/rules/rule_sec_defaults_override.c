#include "flavor_story.h"

static void check_group(struct rule_run *run, const struct client_group *group)
{
	const struct export_entry *entry = group->entry;
	struct flavor_story story = flavor_story_of(run->table, entry->policy);
	struct finding *finding;

	if (story.oddity != FLAVORS_OVERRIDDEN)
		return;
	finding = rule_report(
		run, entry,
		export_entry_option_span(run->arena, run->table, entry,
					 flavor_option_id(story.flag)),
		"`%s` is not enforced for %s on %.*s: with sec=%s of the "
		"-options %s",
		flavor_option(story.flag, !story.lax),
		client_group_text(run, group),
		STR_ARG(export_entry_path(run->arena, run->table, entry)),
		story.flavor, flavor_right(story.flag, story.lax));
	if (!story.lax)
		finding->severity = SEVERITY_MEDIUM;
	finding->fix.description = arena_printf(
		run->arena, "write `sec=%s` before `%s`", story.flavor,
		flavor_option(story.flag, !story.lax));
}

static void check(struct rule_run *run)
{
	client_groups_each(run, check_group);
}

const struct rule rule_sec_defaults_override = {
	.slug = "sec-defaults-override",
	.severity = SEVERITY_CRITICAL,
	.traits = TRAIT_ALL,
	.summary = "an option of a client that the sec= before it cancels",
	.rationale =
		"A sec= in the -options of a line keeps the rights that stand "
		"there. An option in the list of a client changes only what "
		"exportfs shows, not the rights of those flavors, and these "
		"are what the kernel enforces: with -sec=sys,rw,no_root_squash "
		"a client(ro) still writes as root.",
	.remedy = "Repeat sec= in the list of the client, before the options "
		  "that are meant for it, or write no sec= into -options.",
	.bad = "/srv/data -sec=sys,rw,no_root_squash "
	       "10.1.0.5(ro,root_squash)\n",
	.good = "/srv/data -sec=krb5p,rw 10.1.0.5(sec=krb5p,ro)\n",
	.references = (const char *const[]){ "exports(5), RPCSEC_GSS security",
					     "CWE-284: Improper Access Control",
					     NULL },
	.check_table = check,
};
