#include "address_set.h"
#include "client_reach.h"
#include "client_rules.h"

/* Can an address get in that is not in a trusted network? Names and patterns
 * say nothing of addresses. */
static bool leads_outside(const struct rule_run *run,
			  const struct export_entry *entry)
{
	const struct export_client *client = rule_client(run, entry);
	struct address_set clients = { 0 };
	struct client_network network;
	struct ip_address address;

	if (client_is_world(client))
		return true;
	if (ip_address_parse(client->name, &address))
		address_set_add_address(run->arena, &clients, address);
	else if (client->type != CLIENT_NETWORK ||
		 client_network_parse(client->name, &network) != CLIENT_FINE ||
		 network.zero_prefix ||
		 !address_set_add_network(run->arena, &clients, &network))
		return false;
	return !address_set_contains(run->local->trusted, &clients);
}

static void check(struct rule_run *run, const struct export_entry *entry)
{
	if (!run->local || !run->local->trusted || !leads_outside(run, entry))
		return;
	rule_report(run, entry, client_host_span(run, entry),
		    "%s may %s %.*s and is not, or not entirely, in a trusted "
		    "network",
		    client_reach_text(run->arena, rule_client(run, entry)),
		    client_can_write(rule_policy(run, entry)) ? "read and write"
							      : "read",
		    STR_ARG(export_entry_path(run->arena, run->table, entry)))
		->fix.description = "name clients of the trusted networks";
}

const struct rule rule_outside_trusted_networks = {
	.slug = "outside-trusted-networks",
	.severity = SEVERITY_HIGH,
	.traits = TRAIT_CLIENTS,
	.summary = "a client outside the networks that the site trusts",
	.rationale = "exportctl.conf names the networks that may have "
		     "exports, with trusted-networks=. This client has "
		     "addresses that are in none of them.",
	.remedy = "Name clients of the trusted networks, or add the network "
		  "to trusted-networks= in exportctl.conf.",
	.bad = "/srv/data 192.0.2.0/24(rw)\n",
	.good = "/srv/data 10.1.0.0/16(rw)\n",
	.references =
		(const char *const[]){
			"CWE-668: Exposure of Resource to Wrong Sphere", NULL },
	.check_entry = check,
};
