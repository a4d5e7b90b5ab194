#include "option_lists.h"

static bool is_rooted_default(struct rule_run *run,
			      const struct export_entry *entry)
{
	struct flavor_entry flavors[SECURITY_FLAVORS_MAX];
	unsigned count =
		export_policy_flavors(rule_policy(run, entry), flavors);
	bool rooted = false;

	for (unsigned i = 0; i < count; i++)
		rooted |= !(flavors[i].flags &
			    (EXPORT_ROOT_SQUASH | EXPORT_ALL_SQUASH));
	return rooted &&
	       option_is_from_defaults(run, entry, OPTION_ROOT_SQUASH) &&
	       export_entry_host(run->arena, run->table, entry).length;
}

static void check_line(struct rule_run *run, const struct client_group *group)
{
	struct finding *finding = rule_report(
		run, group->entry,
		export_entry_option_span(run->arena, run->table, group->entry,
					 OPTION_ROOT_SQUASH),
		"root on %s stays root on %.*s, like root on each client "
		"that is added to the line without options",
		client_group_hosts(run, group),
		STR_ARG(export_entry_path(run->arena, run->table,
					  group->entry)));

	finding->fix.description = "move `no_root_squash` to the one client "
				   "that needs it";
}

static void check(struct rule_run *run)
{
	lines_each(run, is_rooted_default, check_line);
}

const struct rule rule_risky_defaults = {
	.slug = "risky-defaults",
	.severity = SEVERITY_HIGH,
	.summary = "no_root_squash in the options of a whole line",
	.rationale =
		"Clients without a list of their own get what the -options "
		"before them say. With no_root_squash there, root of every "
		"client that somebody adds to the line becomes root on the "
		"server, and nothing beside its name shows it.",
	.remedy = "Write no_root_squash into the list of the one client that "
		  "needs it.",
	.bad = "/srv/data -rw,no_root_squash 10.1.0.5 10.1.0.6\n",
	.good = "/srv/data -rw,sync 10.1.0.5 10.1.0.6\n",
	.references =
		(const char *const[]){
			"exports(5), Machine Name Formats", "STIG GEN005880",
			"SSG use_root_squashing_all_exports",
			"CWE-250: Execution with Unnecessary Privileges",
			NULL },
	.check_table = check,
};
