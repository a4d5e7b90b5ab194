#include "flavor_sets.h"
#include "option_edits.h"

static void check_group(struct rule_run *run, const struct client_group *group)
{
	const struct export_entry *entry = group->entry;
	const struct export_policy *policy = rule_policy(run, entry);
	struct finding *finding;

	if (flavor_set_of(policy) != FLAVOR_KRB5 ||
	    needs_tls(run->table, policy))
		return;
	finding = rule_report(
		run, entry,
		export_entry_option_span(run->arena, run->table, entry,
					 OPTION_SEC),
		"what %s and the server send each other on %.*s can be read "
		"and "
		"altered on the way",
		client_group_text(run, group),
		STR_ARG(export_entry_path(run->arena, run->table, entry)));
	finding->fix.description = "write `sec=krb5p`";
	option_edits_value(run, finding, group, OPTION_SEC, "krb5", "krb5p");
}

static void check(struct rule_run *run)
{
	client_groups_each(run, check_group);
}

const struct rule rule_krb5_without_integrity = {
	.slug = "krb5-without-integrity",
	.severity = SEVERITY_LOW,
	.traits = TRAIT_CLIENTS | TRAIT_SECURITY,
	.summary = "Kerberos that leaves the data unprotected",
	.rationale = "sec=krb5 proves who sends a request but does not sign or "
		     "encrypt what is in it. Whoever sits on the network path "
		     "can read files and change them on the way.",
	.remedy = "Use krb5p, or krb5i where encryption costs too much.",
	.bad = "/srv/data 10.1.0.0/24(rw,sec=krb5)\n",
	.good = "/srv/data 10.1.0.0/24(rw,sec=krb5p)\n",
	.references =
		(const char *const[]){
			"exports(5), RPCSEC_GSS security",
			"CWE-924: Improper Enforcement of Message Integrity "
			"During Transmission in a Communication Channel",
			NULL },
	.check_table = check,
};
