#include "flavor_story.h"
#include "option_edits.h"

/* The flavors that keep root, but not those of which another rule says that
 * nobody meant them to: "sys" or "krb5i and krb5p". count is their number. */
static const char *rooted_flavors(struct rule_run *run, uint32_t policy,
				  unsigned *count, unsigned *all)
{
	struct flavor_story story = flavor_story_of(run->table, policy);
	struct flavor_entry flavors[SECURITY_FLAVORS_MAX];
	bool told = story.flag == EXPORT_ROOT_SQUASH &&
		    (story.oddity == FLAVORS_OVERRIDDEN ||
		     story.oddity == FLAVORS_LEAK ||
		     story.oddity == FLAVORS_UPSIDE_DOWN);
	const char *text = "";

	*count = 0;
	*all = export_policy_flavors(&run->table->policies.list.items[policy],
				     flavors);
	for (unsigned i = 0; i < *all; i++) {
		if (flavors[i].flags &
			    (EXPORT_ROOT_SQUASH | EXPORT_ALL_SQUASH) ||
		    (told && story.told[i]))
			continue;
		text = arena_printf(run->arena, "%s%s%s", text,
				    (*count)++ ? " and " : "",
				    flavors[i].flavor->name);
	}
	return text;
}

static bool is_risky_default(struct rule_run *run,
			     const struct export_entry *entry)
{
	return export_entry_host(run->arena, run->table, entry).length &&
	       option_is_from_defaults(run, entry, OPTION_ROOT_SQUASH);
}

static void check_group(struct rule_run *run, const struct client_group *group)
{
	const struct export_entry *entry = group->entry;
	unsigned count, all;
	const char *flavors = rooted_flavors(run, entry->policy, &count, &all);
	struct finding *finding;

	if (!count || is_risky_default(run, entry))
		return;
	finding = rule_report(
		run, entry,
		export_entry_option_span(run->arena, run->table, entry,
					 OPTION_ROOT_SQUASH),
		"root on %s stays root on %.*s%s%s",
		client_group_hosts(run, group),
		STR_ARG(export_entry_path(run->arena, run->table, entry)),
		count < all ? ", if it comes with sec=" : "",
		count < all ? flavors : "");
	option_edits_delete(run, finding, group, OPTION_ROOT_SQUASH);
}

static void check(struct rule_run *run)
{
	client_groups_each(run, check_group);
}

const struct rule rule_no_root_squash = {
	.slug = "no-root-squash",
	.severity = SEVERITY_HIGH,
	.summary = "root on the client stays root on the server",
	.rationale = "With no_root_squash, whoever is root on the client reads "
		     "and changes every file below the path, whatever its "
		     "owner and mode, and can leave a set-uid program that "
		     "belongs to root.",
	.remedy = "Delete no_root_squash. Where a client needs it, for "
		  "backups or diskless machines, name that one host and use "
		  "sec=krb5p.",
	.bad = "/srv/data 10.1.0.0/16(rw,no_root_squash)\n",
	.good = "/srv/data 10.1.0.0/16(rw)\n",
	.references =
		(const char *const[]){ "exports(5), User ID Mapping",
				       "CWE-250: Execution with Unnecessary "
				       "Privileges",
				       "STIG GEN005880",
				       "SSG use_root_squashing_all_exports",
				       NULL },
	.check_table = check,
};
