#include "option_edits.h"

/* Ports count for sys only. Nothing is gained where all users are the same
 * anyway. */
static bool open_to_users(const struct export_policy *policy, bool *rooted)
{
	struct flavor_entry flavors[SECURITY_FLAVORS_MAX];
	unsigned count = export_policy_flavors(policy, flavors);
	bool open = false;

	*rooted = false;
	for (unsigned i = 0; i < count; i++) {
		uint32_t flags = flavors[i].flags;

		if (flavors[i].flavor->number > 1 ||
		    !(flags & EXPORT_INSECURE_PORT) ||
		    flags & EXPORT_ALL_SQUASH)
			continue;
		open = true;
		*rooted |= !(flags & EXPORT_ROOT_SQUASH);
	}
	return open;
}

static void check_group(struct rule_run *run, const struct client_group *group)
{
	const struct export_entry *entry = group->entry;
	const struct export_policy *policy = rule_policy(run, entry);
	struct finding *finding;
	bool rooted;

	if (!open_to_users(policy, &rooted))
		return;
	finding = rule_report(
		run, entry,
		export_entry_option_span(run->arena, run->table, entry,
					 OPTION_INSECURE),
		"any user on %s may send requests of his own to %.*s, as %s",
		client_group_hosts(run, group),
		STR_ARG(export_entry_path(run->arena, run->table, entry)),
		rooted ? "root or anybody else" : "any user but root");
	if (rooted && finding->severity < SEVERITY_HIGH)
		finding->severity = SEVERITY_HIGH;
	option_edits_delete(run, finding, group, OPTION_INSECURE);
}

static void check(struct rule_run *run)
{
	client_groups_each(run, check_group);
}

const struct rule rule_insecure_ports = {
	.slug = "insecure-ports",
	.severity = SEVERITY_MEDIUM,
	.summary = "requests may come from ports that any user can open",
	.rationale = "Only root may send from a port below 1024. With "
		     "insecure, every user of a client can speak NFS to the "
		     "server directly and claim any user number.",
	.remedy = "Delete insecure. Clients behind address translation, and "
		  "macOS without resvport, need it: give it to them alone.",
	.bad = "/srv/data 10.1.0.0/24(rw,insecure)\n",
	.good = "/srv/data 10.1.0.0/24(rw,secure)\n",
	.references =
		(const char *const[]){
			"exports(5), General Options",
			"SSG restrict_nfs_clients_to_privileged_ports",
			"CWE-290: Authentication Bypass by Spoofing", NULL },
	.check_table = check,
};
