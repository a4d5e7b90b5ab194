#include "flavor_sets.h"

static void check_group(struct rule_run *run, const struct client_group *group)
{
	const struct export_entry *entry = group->entry;
	const struct export_policy *policy = rule_policy(run, entry);
	struct finding *finding;

	if (!(flavor_set_of(policy) & FLAVOR_NONE))
		return;
	finding = rule_report(
		run, entry,
		export_entry_option_span(run->arena, run->table, entry,
					 OPTION_SEC),
		"%s %s %.*s %s", client_group_text(run, group),
		policy->flavor_count > 1 ? "may use" : "may mount",
		STR_ARG(export_entry_path(run->arena, run->table, entry)),
		policy->flavor_count > 1
			? "without saying who they are, with sec=none"
			: "but is then refused every access, because sec=none "
			  "is the only flavor");
	if (policy->flavor_count == 1)
		finding->severity = SEVERITY_MEDIUM;
	finding->fix.description = "delete `none` from sec=";
}

static void check(struct rule_run *run)
{
	client_groups_each(run, check_group);
}

const struct rule rule_sec_none = {
	.slug = "sec-none",
	.severity = SEVERITY_HIGH,
	.traits = TRAIT_SECURITY,
	.summary = "clients need not say who they are",
	.rationale = "With sec=none a request carries no identity; where it is "
		     "allowed beside other flavors, nobody needs a user of any "
		     "kind. Where it is the only one, a client can mount the "
		     "path and is then refused at every access.",
	.remedy = "Delete none, or null, from sec=.",
	.bad = "/srv/data 10.1.0.0/24(rw,sec=none)\n",
	.good = "/srv/data 10.1.0.0/24(rw,sec=krb5p)\n",
	.references =
		(const char *const[]){
			"exports(5), RPCSEC_GSS security", "STIG GEN005860",
			"SSG use_kerberos_security_all_exports",
			"CWE-306: Missing Authentication for Critical Function",
			NULL },
	.check_table = check,
};
