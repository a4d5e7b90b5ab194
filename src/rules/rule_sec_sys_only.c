#include "anonymous_ids.h"
#include "flavor_sets.h"

static const char *message(struct rule_run *run,
			   const struct client_group *group)
{
	struct str path =
		export_entry_path(run->arena, run->table, group->entry);

	if (squashed_users(rule_policy(run, group->entry)) == SQUASHED_USERS)
		return arena_printf(run->arena,
				    "what %s and the server send each other on "
				    "%.*s can be read and changed on the way",
				    client_group_text(run, group),
				    STR_ARG(path));
	return arena_printf(run->arena,
			    "%s may claim to be any user on %.*s, and nothing "
			    "is encrypted",
			    client_group_text(run, group), STR_ARG(path));
}

static void check_group(struct rule_run *run, const struct client_group *group)
{
	const struct export_entry *entry = group->entry;
	const struct export_policy *policy = rule_policy(run, entry);
	struct finding *finding;

	if (flavor_set_of(policy) != FLAVOR_SYS ||
	    needs_tls(run->table, policy) ||
	    rule_client(run, entry)->type == CLIENT_GSS)
		return;
	finding = rule_report(run, entry,
			      export_entry_option_span(run->arena, run->table,
						       entry, OPTION_SEC),
			      "%s", message(run, group));
	finding->fix.description = "write `sec=krb5p`";
}

static void check(struct rule_run *run)
{
	client_groups_each(run, check_group);
}

const struct rule rule_sec_sys_only = {
	.slug = "sec-sys-only",
	.severity = SEVERITY_INFO,
	.traits = TRAIT_ALL,
	.summary = "clients are believed whatever user they claim",
	.rationale = "With sec=sys the server takes user and group numbers "
		     "from the client as they come, and nothing is encrypted. "
		     "Whoever controls a host of the list, or its address, is "
		     "any user but root.",
	.remedy = "Use sec=krb5p, or xprtsec=mtls where client and server have "
		  "it, and keep the list of clients short.",
	.bad = "/srv/data 10.1.0.0/24(rw)\n",
	.good = "/srv/data 10.1.0.0/24(rw,sec=krb5p)\n",
	.references =
		(const char *const[]){
			"exports(5), RPCSEC_GSS security",
			"SSG use_kerberos_security_all_exports",
			"CWE-290: Authentication Bypass by Spoofing",
			"CWE-319: Cleartext Transmission of Sensitive "
			"Information",
			NULL },
	.check_table = check,
};
