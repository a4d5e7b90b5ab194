#include "flavor_sets.h"

enum { CLEAR = FLAVOR_SYS | FLAVOR_KRB5 | FLAVOR_KRB5I };

/* sys alone has a rule of its own, which says this too. */

static void check_group(struct rule_run *run, const struct client_group *group)
{
	const struct export_entry *entry = group->entry;
	const struct export_policy *policy = rule_policy(run, entry);
	struct finding *finding;

	if (policy->mode_count || !tls_is_known(run->table) ||
	    !(flavor_set_of(policy) & CLEAR) ||
	    flavor_set_of(policy) == FLAVOR_SYS)
		return;
	finding = rule_report(
		run, entry,
		export_entry_option_span(run->arena, run->table, entry,
					 OPTION_SEC),
		"what %s and the server send each other on %.*s can be read on "
		"the way",
		client_group_text(run, group),
		STR_ARG(export_entry_path(run->arena, run->table, entry)));
	finding->fix.description = "write `sec=krb5p`, or `xprtsec=tls`";
}

static void check(struct rule_run *run)
{
	client_groups_each(run, check_group);
}

const struct rule rule_no_transport_security = {
	.slug = "no-transport-security",
	.severity = SEVERITY_INFO,
	.traits = TRAIT_ALL,
	.summary = "data in the clear, although the server could do TLS",
	.rationale = "Without xprtsec= clients may speak without TLS. Of the "
		     "flavors only krb5p encrypts; with krb5 and krb5i file "
		     "names and contents can be read on the way.",
	.remedy = "Use sec=krb5p, or write xprtsec=tls or xprtsec=mtls when "
		  "all clients have it.",
	.bad = "/srv/data 10.1.0.0/24(rw,sec=krb5i)\n",
	.good = "/srv/data 10.1.0.0/24(rw,sec=krb5p)\n",
	.references =
		(const char *const[]){ "RFC 9289: Towards Remote Procedure "
				       "Call Encryption by Default",
				       "CWE-319: Cleartext Transmission of "
				       "Sensitive Information",
				       NULL },
	.check_table = check,
};
