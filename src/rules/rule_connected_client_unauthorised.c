#include "client_rights.h"

enum { NAMED_MOUNTS = 3 };

/* What the client was seen to do. */
static const char *deed_of(const struct live_client *client)
{
	if (client->nfs4.count)
		return "is a client of NFSv4";
	return client->connected ? "is connected to the NFS port"
				 : "is noted as having mounted something";
}

static void report_nothing_left(struct rule_run *run,
				const struct live_client *client)
{
	struct finding *finding = rule_report_local(
		run, run->local->live->etab->source, (struct span){ 0 },
		"%.*s %s, but no export is for it any more",
		STR_ARG(client->name), deed_of(client));

	finding->client = client->name;
	if (client->nfs4.count)
		finding->fix.description =
			"write `expire` to ctl in its folder of "
			"/proc/fs/nfsd/clients";
}

static size_t list_lost(struct table_rights *rights,
			const struct live_client *client, struct strbuf *paths)
{
	size_t lost = 0;

	for (size_t i = 0; i < client->mounts.count; i++) {
		struct str path = client->mounts.items[i]->path;

		if (!table_rights_lack(rights, client, path))
			continue;
		if (lost++ < NAMED_MOUNTS)
			strbuf_printf(paths, "%s%.*s", lost > 1 ? ", " : "",
				      STR_ARG(path));
	}
	if (lost > NAMED_MOUNTS)
		strbuf_printf(paths, " and %zu more", lost - NAMED_MOUNTS);
	return lost;
}

/* It may as well have unmounted since: the server does not take that note from
 * a client that lost its right. */
static void check_mounts(struct rule_run *run, struct table_rights *rights,
			 const struct live_client *client)
{
	struct strbuf paths = { 0 };
	struct finding *finding;

	if (client->state == CLIENT_LIVE && list_lost(rights, client, &paths)) {
		finding = rule_report_local(
			run, run->local->live->etab->source, (struct span){ 0 },
			"%.*s is connected and noted as having mounted %s, "
			"which no export gives it any more",
			STR_ARG(client->name), paths.data);
		finding->client = client->name;
		rule_lower(finding, 2);
	}
	strbuf_free(&paths);
}

static void check(struct rule_run *run)
{
	const struct live_state *live = run->local->live;
	struct table_rights rights;
	struct live_clients clients;

	if (!live->in_force)
		return;
	table_rights_build(run, live->in_force, &rights);
	live_clients_merge(run->arena, live, &clients);
	for (size_t i = 0; i < clients.list.count; i++) {
		const struct live_client *client = &clients.list.items[i];

		/* that it left without a word is another finding */
		if (client->state == CLIENT_STALE)
			continue;
		if (table_rights_of(&rights, client) == MATCH_NO)
			report_nothing_left(run, client);
		else
			check_mounts(run, &rights, client);
	}
}

const struct rule rule_connected_client_unauthorised = {
	.slug = "connected-client-unauthorised",
	.severity = SEVERITY_HIGH,
	.needs = NEEDS_LIVE,
	.traits = TRAIT_ALL,
	.summary = "a client has what no export gives it any more",
	.rationale = "Taking an export away makes the kernel refuse what the "
		     "client asks for from then on, but its state stays: open "
		     "files, locks, a connection. It may also be somebody who "
		     "tries what he gets, or a host whose address has "
		     "changed.",
	.remedy = "Look at who it is. Expire it in /proc/fs/nfsd/clients, or "
		  "give it the export that it needs.",
	.bad = "# etab\n/srv/data  10.1.0.0/16(rw)\n# and a client at "
	       "192.0.2.7\n",
	.good = "# etab\n/srv/data  10.1.0.0/16(rw)\n# and a client at "
		"10.1.2.3\n",
	.references =
		(const char *const[]){ "nfsd(7)", "proc_fs_nfsd(5)", NULL },
	.check_table = check,
};
