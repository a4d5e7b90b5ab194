#include "server_rules.h"

/* The version that an option works with, or NULL if it is not in use. */
static const char *needed_version(const struct rule_run *run,
				  const struct export_entry *entry,
				  enum export_option_id *option)
{
	const struct export_policy *policy = rule_policy(run, entry);

	*option = policy->location_kind == LOCATION_REFER ? OPTION_REFER
							  : OPTION_REPLICAS;
	if (policy->location_kind != LOCATION_NONE)
		return "vers4";
	*option = OPTION_SECURITY_LABEL;
	return policy->flags & EXPORT_SECURITY_LABEL ? "vers4.2" : NULL;
}

static bool is_on(const struct server_config *config, const char *version)
{
	return server_config_bool(config, "nfsd", "vers4", true) &&
	       server_config_bool(config, "nfsd", version, true);
}

static void check(struct rule_run *run, const struct export_entry *entry)
{
	const struct server_config *config = run->local->server->nfs_conf;
	enum export_option_id option;
	const char *version = needed_version(run, entry, &option);
	struct finding *finding;

	if (!config || !version || is_on(config, version))
		return;
	finding = rule_report(
		run, entry,
		export_entry_option_span(run->arena, run->table, entry, option),
		"this has no effect: nfs.conf switches off the NFSv4%s that it "
		"needs",
		version + strlen("vers4"));
	finding->fix.description = "switch it on, or delete the option";
}

const struct rule rule_flavor_needs_v4 = {
	.slug = "flavor-needs-v4",
	.severity = SEVERITY_LOW,
	.needs = NEEDS_FILES,
	.traits = TRAIT_ALL,
	.summary = "an option for a version of NFS that is switched off",
	.rationale = "Referrals and replicas exist only in NFSv4, security "
		     "labels only in NFSv4.2. A server that does not speak it "
		     "shows its clients an ordinary, often empty directory.",
	.remedy = "Switch the version on in the section nfsd of nfs.conf, or "
		  "delete the option.",
	.bad = "# /etc/exports\n/srv/old 10.1.0.0/24(ro,refer=/data@new)\n"
	       "# /etc/nfs.conf\n[nfsd]\nvers4=n\n",
	.good = "# /etc/exports\n/srv/old 10.1.0.0/24(ro,refer=/data@new)\n"
		"# /etc/nfs.conf\n[nfsd]\nvers4=y\n",
	.references = (const char *const[]){ "exports(5), refer=",
					     "nfs.conf(5), nfsd", NULL },
	.check_entry = check,
};
