#include "server_rules.h"

static bool is_fixed(const struct server_config *config, const char *section)
{
	return server_config_number(config, section, "port", 0) > 0;
}

static bool all_are_fixed(const struct rule_run *run,
			  const struct server_config *config)
{
	return (is_fixed(config, "mountd") ||
		run->local->server->mountd_port_in_services) &&
	       is_fixed(config, "statd") && is_fixed(config, "lockd");
}

static void check(struct rule_run *run)
{
	const struct server_config *config = server_rules_config(run);
	const char *firewall = run->local->server->firewall;
	struct local_place place;
	struct finding *finding;

	if (!config || !firewall ||
	    !server_config_bool(config, "nfsd", "vers3", true) ||
	    all_are_fixed(run, config))
		return;
	place = server_rules_place(config, "mountd", "port");
	finding = rule_report_local(
		run, place.source, place.span,
		"mountd, statd and lockd do not all have a fixed port, so that "
		"%s has to let every high port through for NFSv3",
		firewall);
	finding->fix.description = "set `port=` in [mountd], [statd] and "
				   "[lockd]";
}

const struct rule rule_v3_ports_random = {
	.slug = "v3-ports-random",
	.severity = SEVERITY_LOW,
	.needs = NEEDS_FILES,
	.traits = TRAIT_ALL,
	.summary = "NFSv3 behind a firewall without fixed ports",
	.rationale = "mountd, statd and lockd take any free port and tell it "
		     "to rpcbind. A packet filter can only let them through "
		     "when it opens all high ports, or the ports are fixed.",
	.remedy = "Write port= in the sections mountd, statd and lockd, and "
		  "udp-port= in lockd; or switch NFSv3 off.",
	.bad = "[nfsd]\nvers3=y\n",
	.good = "[mountd]\nport=20048\n[statd]\nport=32765\n[lockd]\n"
		"port=32768\nudp-port=32768\n",
	.references =
		(const char *const[]){ "nfs.conf(5)",
				       "SSG nfs_fixed_mountd_port", NULL },
	.check_table = check,
};
