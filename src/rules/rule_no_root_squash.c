#include "client_reach.h"
#include "rule.h"

/* The first flavor that keeps root, or NULL. */
static const char *rooted_flavor(const struct export_policy *policy)
{
	struct flavor_entry flavors[SECURITY_FLAVORS_MAX];
	unsigned count = export_policy_flavors(policy, flavors);

	for (unsigned i = 0; i < count; i++)
		if (!(flavors[i].flags &
		      (EXPORT_ROOT_SQUASH | EXPORT_ALL_SQUASH)))
			return flavors[i].flavor->name;
	return NULL;
}

static void check(struct rule_run *run, const struct export_entry *entry)
{
	const char *flavor = rooted_flavor(rule_policy(run, entry));
	const struct export_client *client = rule_client(run, entry);
	struct finding *finding;
	struct span span;

	if (!flavor)
		return;
	span = export_entry_option_span(run->arena, run->table, entry,
					OPTION_ROOT_SQUASH);
	finding = rule_report(
		run, entry, span, "root on %s stays root on %.*s",
		client->type == CLIENT_ANONYMOUS
			? "any host"
			: client_reach_text(run->arena, client),
		STR_ARG(export_entry_path(run->arena, run->table, entry)));
	finding->fix.description = "delete `no_root_squash`";
}

const struct rule rule_no_root_squash = {
	.slug = "no-root-squash",
	.severity = SEVERITY_HIGH,
	.summary = "root on the client stays root on the server",
	.rationale = "With no_root_squash, whoever is root on the client reads "
		     "and changes every file below the path, whatever its "
		     "owner and mode, and can leave a set-uid program that "
		     "belongs to root.",
	.remedy = "Delete no_root_squash. Where a client needs it, for "
		  "backups or diskless machines, name that one host and use "
		  "sec=krb5p.",
	.bad = "/srv/data 10.1.0.0/16(rw,no_root_squash)\n",
	.good = "/srv/data 10.1.0.0/16(rw)\n",
	.references =
		(const char *const[]){ "exports(5), User ID Mapping",
				       "CWE-250: Execution with Unnecessary "
				       "Privileges",
				       NULL },
	.check_entry = check,
};
