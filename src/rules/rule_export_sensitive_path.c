#include "flavor_sets.h"
#include "path_rules.h"
#include "sensitive_places.h"

static bool is_sensitive(struct rule_run *run, const struct export_entry *entry)
{
	return sensitive_place_of(rule_policy(run, entry),
				  path_of(run, entry)) != NULL;
}

static void check_line(struct rule_run *run, const struct client_group *group)
{
	const struct export_entry *entry = group->entry;
	const struct export_policy *policy = rule_policy(run, entry);
	const struct sensitive_place *place =
		sensitive_place_of(policy, path_of(run, entry));
	struct finding *finding = rule_report(
		run, entry, export_entry_span(run->table, entry),
		"%s may %s %.*s, which holds %s", client_group_text(run, group),
		any_writes(policy) ? "read and write" : "read",
		STR_ARG(export_entry_path(run->arena, run->table, entry)),
		place->holds);

	finding->fix.description = "move what clients need to a directory of "
				   "its own";
	if (!place->if_sys)
		return;
	rule_lower(finding, 1);
	finding->fix.description = "write `sec=krb5p`";
}

static void check(struct rule_run *run)
{
	lines_each(run, is_sensitive, check_line);
}

const struct rule rule_export_sensitive_path = {
	.slug = "export-sensitive-path",
	.severity = SEVERITY_HIGH,
	.summary = "a directory of the system is exported",
	.rationale = "Directories such as /etc, /root or /var hold keys, "
		     "password hashes and what services run. Who reads them "
		     "learns enough to log in, who writes them runs code as "
		     "root. All homes in one export with sec=sys are open to "
		     "any client that claims the user.",
	.remedy = "Keep data for clients below a directory of its own, such as "
		  "/srv, and export that. Ask for Kerberos where the homes of "
		  "all users are exported.",
	.bad = "/etc 10.1.0.0/24(ro)\n",
	.good = "/srv/data 10.1.0.0/24(rw)\n",
	.references = (const char *const[]){ "STIG GEN005800", "STIG GEN005810",
					     "CWE-552: Files or Directories "
					     "Accessible to External Parties",
					     NULL },
	.check_table = check,
};
