#include "flavor_sets.h"

static void check_group(struct rule_run *run, const struct client_group *group)
{
	const struct export_entry *entry = group->entry;
	const struct export_policy *policy = rule_policy(run, entry);
	struct finding *finding;

	if (!has_mode(policy, "tls") || has_mode(policy, "none") ||
	    !(flavor_set_of(policy) & FLAVOR_SYS))
		return;
	finding = rule_report(
		run, entry,
		export_entry_option_span(run->arena, run->table, entry,
					 OPTION_XPRTSEC),
		"%s may claim to be any user on %.*s: TLS encrypts, but needs "
		"no "
		"certificate of the client",
		client_group_text(run, group),
		STR_ARG(export_entry_path(run->arena, run->table, entry)));
	finding->fix.description = "write `xprtsec=mtls`";
}

static void check(struct rule_run *run)
{
	client_groups_each(run, check_group);
}

const struct rule rule_tls_without_client_auth = {
	.slug = "tls-without-client-auth",
	.severity = SEVERITY_LOW,
	.traits = TRAIT_SECURITY,
	.summary = "TLS that does not ask who the client is",
	.rationale = "xprtsec=tls encrypts, but only the server shows a "
		     "certificate. With sec=sys, any host of the list may "
		     "still claim to be any user.",
	.remedy = "Use xprtsec=mtls, or sec=krb5 inside TLS.",
	.bad = "/srv/data 10.1.0.0/24(rw,xprtsec=tls)\n",
	.good = "/srv/data 10.1.0.0/24(rw,xprtsec=mtls)\n",
	.references =
		(const char *const[]){
			"exports(5), RPC with TLS",
			"RFC 9289: Towards Remote Procedure Call Encryption by "
			"Default",
			"CWE-290: Authentication Bypass by Spoofing", NULL },
	.check_table = check,
};
