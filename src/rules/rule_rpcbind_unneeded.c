#include "server_rules.h"

static void check(struct rule_run *run)
{
	const struct server_config *config = server_rules_config(run);
	const struct local_place *rpcbind = run->local->server->rpcbind;
	struct finding *finding;

	if (!config || !rpcbind ||
	    server_config_bool(config, "nfsd", "vers3", true) ||
	    server_config_bool(config, "nfsd", "vers2", true))
		return;
	finding = rule_report_local(
		run, rpcbind->source, rpcbind->span,
		"rpcbind is started at boot, although the server speaks only "
		"NFSv4, which does not need it");
	finding->fix.description =
		"systemctl mask --now rpcbind.socket rpcbind.service";
}

const struct rule rule_rpcbind_unneeded = {
	.slug = "rpcbind-unneeded",
	.severity = SEVERITY_LOW,
	.needs = NEEDS_FILES,
	.traits = TRAIT_ALL,
	.summary = "rpcbind is started for a server of NFSv4 only",
	.rationale = "NFSv4 has one fixed port. rpcbind answers anybody on "
		     "port 111, also by UDP, where it is used to flood third "
		     "parties.",
	.remedy = "Mask rpcbind.socket and rpcbind.service, if nothing else on "
		  "the host needs them; also a client that mounts by NFSv3 "
		  "does.",
	.bad = "[nfsd]\nvers2=n\nvers3=n\n# and\n"
	       "/etc/systemd/system/sockets.target.wants/rpcbind.socket\n",
	.good = "[nfsd]\nvers2=n\nvers3=n\n",
	.references = (const char *const[]){ "rpcbind(8)", "US-CERT TA14-017A",
					     "CIS 2.1.12", NULL },
	.check_table = check,
};
