#include "client_rules.h"

enum { AUTH_SYS_NUMBER = 1 };

/* As whom a client may write that the server takes at its word. */
static const char *writer_text(struct arena *arena,
			       const struct export_policy *policy)
{
	struct flavor_entry flavors[SECURITY_FLAVORS_MAX];
	unsigned count = export_policy_flavors(policy, flavors);
	uint32_t squash = EXPORT_ROOT_SQUASH | EXPORT_ALL_SQUASH;

	for (unsigned i = 0; i < count; i++)
		if (flavors[i].flavor->number == AUTH_SYS_NUMBER &&
		    !(flavors[i].flags & EXPORT_READ_ONLY))
			squash &= flavors[i].flags;
	if (!squash)
		return "any user, root included";
	if (!(squash & EXPORT_ALL_SQUASH))
		return "any user but root";
	return arena_printf(arena, "the user with the id %u",
			    (unsigned)policy->anonuid);
}

static void check(struct rule_run *run, const struct export_entry *entry)
{
	const struct export_client *client = rule_client(run, entry);
	const struct export_policy *policy = rule_policy(run, entry);
	struct finding *finding;

	if (!client_is_world(client) || !client_is_deliberate(run, entry) ||
	    client_open_access(policy) != OPEN_WRITE)
		return;
	finding = rule_report(
		run, entry, client_host_span(run, entry),
		"%s may write to %.*s as %s",
		client_world_text(run->arena, client),
		STR_ARG(export_entry_path(run->arena, run->table, entry)),
		writer_text(run->arena, policy));
	finding->fix.description =
		"name the hosts or networks that need it, or write `ro`";
}

const struct rule rule_world_writable_export = {
	.slug = "world-writable-export",
	.severity = SEVERITY_CRITICAL,
	.traits = TRAIT_ALL,
	.summary = "everybody who reaches the server may write to an export",
	.rationale = "Any host that reaches the NFS port may change, delete "
		     "and add files, and with AUTH_SYS it does so in the name "
		     "of whatever user it claims to have. Data is lost or "
		     "encrypted that way, and programs are planted.",
	.remedy = "Name the hosts or networks that need to write. Give "
		  "everybody else ro, or ask for Kerberos with sec=krb5p.",
	.bad = "/srv/data *(rw)\n",
	.good = "/srv/data 10.1.0.0/16(rw)\n",
	.references =
		(const char *const[]){
			"exports(5), Machine Name Formats", "CCE-4350-5",
			"STIG GEN005840 (V-933)", "STIG AIX7-00-003017",
			"KISA U-25",
			"CWE-732: Incorrect Permission Assignment for Critical "
			"Resource",
			NULL },
	.check_entry = check,
};
