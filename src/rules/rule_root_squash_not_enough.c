#include "flavor_sets.h"

/* May users come by AUTH_SYS and write, all but root as themselves? */
static bool is_open_but_for_root(const struct export_policy *policy)
{
	struct flavor_entry flavors[SECURITY_FLAVORS_MAX];
	unsigned count = export_policy_flavors(policy, flavors);

	for (unsigned i = 0; i < count; i++)
		if (strcmp(flavors[i].flavor->name, "sys") == 0 &&
		    !(flavors[i].flags &
		      (EXPORT_READ_ONLY | EXPORT_ALL_SQUASH)) &&
		    flavors[i].flags & EXPORT_ROOT_SQUASH)
			return true;
	return false;
}

static void check_group(struct rule_run *run, const struct client_group *group)
{
	const struct export_entry *entry = group->entry;
	struct finding *finding;

	if (!is_open_but_for_root(rule_policy(run, entry)) ||
	    !export_entry_has_option(run->table, entry, OPTION_ROOT_SQUASH))
		return;
	finding = rule_report(
		run, entry,
		export_entry_option_span(run->arena, run->table, entry,
					 OPTION_ROOT_SQUASH),
		"`root_squash` maps only uid 0 and gid 0: root on %s may write "
		"to %.*s as any other user, and as groups such as staff",
		client_group_hosts(run, group),
		STR_ARG(export_entry_path(run->arena, run->table, entry)));
	finding->fix.description = "write `all_squash`, or `sec=krb5p`";
}

static void check(struct rule_run *run)
{
	client_groups_each(run, check_group);
}

const struct rule rule_root_squash_not_enough = {
	.slug = "root-squash-not-enough",
	.severity = SEVERITY_INFO,
	.traits = TRAIT_ALL,
	.summary = "root_squash is relied on, but root may be anybody else",
	.rationale = "root_squash keeps root on a client from being root on "
		     "the server. Nothing keeps it from being bin, staff or "
		     "the user next door, and files of the system that such "
		     "a group may write are as good as root's.",
	.remedy = "Squash all users, or ask for Kerberos. Keep files that "
		  "system groups may write out of the export.",
	.bad = "/srv/data 10.1.0.0/24(rw,root_squash)\n",
	.good = "/srv/data 10.1.0.0/24(rw,all_squash)\n",
	.references =
		(const char *const[]){ "exports(5), User ID Mapping", NULL },
	.check_table = check,
};
