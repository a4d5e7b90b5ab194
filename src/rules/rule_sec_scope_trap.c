#include "flavor_story.h"

static const char *narrowed_text(struct rule_run *run,
				 const struct flavor_story *story)
{
	return arena_printf(run->arena,
			    "with sec=%s %s, because `%s` behind sec=%s holds "
			    "for the flavors that follow as well",
			    story->flavor, flavor_right(story->flag, false),
			    flavor_option(story->flag, false), story->other);
}

static const char *left_out_text(struct rule_run *run,
				 const struct flavor_story *story)
{
	return arena_printf(run->arena,
			    "with sec=%s clients may only read, because `rw` "
			    "stands behind a later sec=",
			    story->flavor);
}

static const char *added_text(struct rule_run *run,
			      const struct flavor_story *story)
{
	return arena_printf(run->arena,
			    "clients may still use sec=%s of the -options, to "
			    "which their own sec=%s only adds",
			    story->flavor, story->other);
}

static const struct {
	enum flavor_oddity oddity;
	const char *(*text)(struct rule_run *run,
			    const struct flavor_story *story);
} traps[] = {
	{ FLAVORS_NARROWED, narrowed_text },
	{ FLAVORS_LEFT_OUT, left_out_text },
	{ FLAVORS_ADDED, added_text },
};

static void check_group(struct rule_run *run, const struct client_group *group)
{
	const struct export_entry *entry = group->entry;
	struct flavor_story story = flavor_story_of(run->table, entry->policy);

	for (size_t i = 0; i < sizeof(traps) / sizeof(*traps); i++)
		if (traps[i].oddity == story.oddity)
			rule_report(
				run, entry,
				export_entry_option_span(run->arena, run->table,
							 entry, OPTION_SEC),
				"on %.*s %s (%s)",
				STR_ARG(export_entry_path(run->arena,
							  run->table, entry)),
				traps[i].text(run, &story),
				client_group_text(run, group));
}

static void check(struct rule_run *run)
{
	client_groups_each(run, check_group);
}

const struct rule rule_sec_scope_trap = {
	.slug = "sec-scope-trap",
	.severity = SEVERITY_MEDIUM,
	.traits = TRAIT_ALL,
	.summary = "a sec= that gives or leaves other rights than it seems",
	.rationale = "What stands behind a sec= holds for its flavors, and is "
		     "where later sections start from; sections before it keep "
		     "what they had. A sec= of a client adds flavors to those "
		     "of the -options and takes none away.",
	.remedy = "Write all rights into each section, and sec= either into "
		  "-options or into the lists of the clients.",
	.bad = "/srv/data 10.1.0.0/24(sec=krb5i,sec=krb5p,rw)\n/srv/more "
	       "-sec=sys,ro 10.1.0.0/24(sec=krb5p)\n",
	.good = "/srv/data 10.1.0.0/24(sec=krb5i,ro,sec=krb5p,rw)\n",
	.references = (const char *const[]){ "exports(5), RPCSEC_GSS security",
					     NULL },
	.check_table = check,
};
