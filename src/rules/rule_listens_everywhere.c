#include "server_rules.h"

static void check(struct rule_run *run)
{
	const struct server_config *config = server_rules_config(run);
	struct local_place place;
	struct finding *finding;

	if (!config || server_config_find(config, "nfsd", "host"))
		return;
	place = server_rules_place(config, "nfsd", "host");
	finding = rule_report_local(
		run, place.source, place.span,
		"nfsd answers on every address that this host has");
	finding->fix.description = "name the addresses: `host=`";
}

const struct rule rule_listens_everywhere = {
	.slug = "listens-everywhere",
	.severity = SEVERITY_INFO,
	.needs = NEEDS_FILES,
	.traits = TRAIT_ALL,
	.summary = "nfsd is not bound to an address",
	.rationale = "Without host= the server listens on all addresses of the "
		     "host, those of a public interface as well, and on each "
		     "one that comes later.",
	.remedy = "On a host with more than one network name the addresses "
		  "that clients use in host=.",
	.bad = "[nfsd]\nthreads=16\n",
	.good = "[nfsd]\nthreads=16\nhost=10.1.0.5\n",
	.references = (const char *const[]){ "nfs.conf(5), nfsd",
					     "rpc.nfsd(8), --host", NULL },
	.check_table = check,
};
