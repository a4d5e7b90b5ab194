#include "flavor_sets.h"
#include "option_edits.h"

static void check_group(struct rule_run *run, const struct client_group *group)
{
	const struct export_entry *entry = group->entry;
	const struct export_policy *policy = rule_policy(run, entry);
	struct finding *finding;

	if (policy->mode_count < 2 || !has_mode(policy, "none"))
		return;
	finding = rule_report(
		run, entry,
		export_entry_option_span(run->arena, run->table, entry,
					 OPTION_XPRTSEC),
		"%s may use %.*s without TLS", client_group_text(run, group),
		STR_ARG(export_entry_path(run->arena, run->table, entry)));
	finding->fix.description = "delete `none` from xprtsec=";
	option_edits_value(run, finding, group, OPTION_XPRTSEC, "none", NULL);
}

static void check(struct rule_run *run)
{
	client_groups_each(run, check_group);
}

const struct rule rule_xprtsec_optional = {
	.slug = "xprtsec-optional",
	.severity = SEVERITY_MEDIUM,
	.summary = "TLS is offered but not needed",
	.rationale = "With none in xprtsec= a client that does not ask for TLS "
		     "is served in the clear, and so is one whose request for "
		     "TLS somebody on the way takes out.",
	.remedy = "Delete none from xprtsec=.",
	.bad = "/srv/data 10.1.0.0/24(rw,xprtsec=none:mtls)\n",
	.good = "/srv/data 10.1.0.0/24(rw,xprtsec=mtls)\n",
	.references =
		(const char *const[]){ "exports(5), RPC with TLS",
				       "RFC 9289: Towards Remote Procedure "
				       "Call Encryption by Default",
				       "CWE-319: Cleartext Transmission of "
				       "Sensitive Information",
				       NULL },
	.check_table = check,
};
