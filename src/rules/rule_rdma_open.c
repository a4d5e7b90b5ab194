#include "server_rules.h"

static void check(struct rule_run *run)
{
	const struct server_config *config = server_rules_config(run);
	struct local_place place;
	struct finding *finding;

	if (!config || !server_config_bool(config, "nfsd", "rdma", false))
		return;
	place = server_rules_place(config, "nfsd", "rdma");
	finding = rule_report_local(
		run, place.source, place.span,
		"nfsd also listens for RDMA, on port %d",
		server_config_number(config, "nfsd", "rdma-port", 20049));
	finding->fix.description = "write `rdma=n`, if no client uses it";
}

const struct rule rule_rdma_open = {
	.slug = "rdma-open",
	.severity = SEVERITY_INFO,
	.needs = NEEDS_FILES,
	.traits = TRAIT_ALL,
	.summary = "NFS over RDMA is switched on",
	.rationale = "It is one more way in, and packet filters do not see "
		     "what goes through it. TLS does not protect it.",
	.remedy = "Write rdma=n unless clients mount with the option rdma.",
	.bad = "[nfsd]\nrdma=y\n",
	.good = "[nfsd]\nrdma=n\n",
	.references = (const char *const[]){ "rpc.nfsd(8), --rdma", "RFC 8267",
					     NULL },
	.check_table = check,
};
