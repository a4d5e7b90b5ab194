#include "server_rules.h"

static void check(struct rule_run *run, const struct export_entry *entry)
{
	const struct server_config *config = run->local->server->nfs_conf;
	struct finding *finding;

	if (!config || !(rule_policy(run, entry)->flags & EXPORT_SIGN_FH) ||
	    server_config_find(config, "nfsd", "fh-key-file"))
		return;
	finding = rule_report(
		run, entry,
		export_entry_option_span(run->arena, run->table, entry,
					 OPTION_SIGN_FH),
		"clients can't use the export: its file handles are to be "
		"signed, and nfs.conf names no key for that");
	finding->fix.description = "set `fh-key-file=` in [nfsd]";
}

const struct rule rule_sign_fh_without_key = {
	.slug = "sign-fh-without-key",
	.severity = SEVERITY_HIGH,
	.needs = NEEDS_FILES,
	.traits = TRAIT_ALL,
	.summary = "sign_fh without a key to sign with",
	.rationale = "The kernel signs file handles with a key that is read "
		     "from the file fh-key-file when nfsd starts. Without a "
		     "key it gives out none for such an export.",
	.remedy = "Create a key file and name it in the section nfsd of "
		  "nfs.conf.",
	.bad = "# /etc/exports\n/srv/a 10.1.0.0/24(rw,sign_fh)\n"
	       "# /etc/nfs.conf\n[nfsd]\nthreads=16\n",
	.good = "# /etc/exports\n/srv/a 10.1.0.0/24(rw,sign_fh)\n"
		"# /etc/nfs.conf\n[nfsd]\nfh-key-file=/etc/nfs_fh_key\n",
	.references = (const char *const[]){ "exports(5), sign_fh",
					     "nfs.conf(5), nfsd", NULL },
	.check_entry = check,
};
