#include "server_rules.h"

static void check(struct rule_run *run)
{
	const struct local_server *server = run->local->server;
	const struct server_config *config = server_rules_config(run);
	struct local_place place;

	if (!config || !server->network_groups ||
	    !server_config_bool(config, "mountd", "manage-gids", false) ||
	    server_config_find(config, "mountd", "ttl"))
		return;
	place = server_rules_place(config, "mountd", "manage-gids");
	rule_report_local(
		run, place.source, place.span,
		"the groups of a user come from %.*s: half an hour after it "
		"fails to answer he has none of them on the exports",
		STR_ARG(server->network_groups_name));
}

const struct rule rule_manage_gids_fragile = {
	.slug = "manage-gids-fragile",
	.severity = SEVERITY_INFO,
	.needs = NEEDS_FILES,
	.traits = TRAIT_ALL,
	.summary = "manage-gids with groups that come over the network",
	.rationale = "With manage-gids the server looks up the groups of each "
		     "user itself and keeps the answer for ttl seconds, 1,800 "
		     "by default. A user whom the name service does not know "
		     "at that moment has no groups.",
	.remedy = "Set ttl in the section mountd to what an outage of the "
		  "name service may last, or keep the groups in a local cache.",
	.bad = "# /etc/nsswitch.conf\ngroup: files sss\n"
	       "# /etc/nfs.conf\n[mountd]\nmanage-gids=y\n",
	.good = "# /etc/nsswitch.conf\ngroup: files\n"
		"# /etc/nfs.conf\n[mountd]\nmanage-gids=y\n",
	.references = (const char *const[]){ "rpc.mountd(8), --manage-gids",
					     "nsswitch.conf(5)", NULL },
	.check_table = check,
};
