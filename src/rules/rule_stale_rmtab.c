#include "live_clients.h"
#include "rule.h"

enum { NAMED_CLIENTS = 3 };

static void check(struct rule_run *run)
{
	const struct live_state *live = run->local->live;
	struct strbuf names = { 0 };
	struct live_clients clients;
	size_t stale = 0;

	live_clients_merge(run->arena, live, &clients);
	for (size_t i = 0; i < clients.list.count; i++) {
		const struct live_client *client = &clients.list.items[i];

		if (client->state != CLIENT_STALE || !client->mounts.count)
			continue;
		if (stale++ < NAMED_CLIENTS)
			strbuf_printf(&names, "%s%.*s", stale > 1 ? ", " : "",
				      STR_ARG(client->name));
	}
	if (stale)
		rule_report_local(
			run, live->rmtab_source, (struct span){ 0 },
			"showmount -a names %zu %s that no connection "
			"comes from: %s%s",
			stale, stale == 1 ? "client" : "clients", names.data,
			stale > NAMED_CLIENTS ? " and others" : "");
	strbuf_free(&names);
}

const struct rule rule_stale_rmtab = {
	.slug = "stale-rmtab",
	.severity = SEVERITY_INFO,
	.needs = NEEDS_LIVE,
	.traits = TRAIT_ALL,
	.summary = "mounts are noted whose clients are gone",
	.rationale = "mountd notes a mount of NFSv3 in rmtab, and takes it out "
		     "when the client unmounts while it is allowed to. "
		     "Clients that crashed or lost their right stay for ever, "
		     "so the list of showmount -a only grows. NFSv4 never "
		     "appears in it.",
	.remedy = "Stop mountd, delete the lines from /var/lib/nfs/rmtab, "
		  "start it again; no client notices.",
	.bad = "10.1.2.3:/srv/data:0x00000001\n# without a connection\n",
	.good = "10.1.2.3:/srv/data:0x00000001\n# with a connection\n",
	.references = (const char *const[]){ "rpc.mountd(8), NOTES", NULL },
	.check_table = check,
};
