#include "client_rights.h"

enum { NAMED = 3 }; /* of clients, or of the mounts of one */

static const char expire[] =
	"write `expire` to ctl in its folder of /proc/fs/nfsd/clients";

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
		finding->fix.description = expire;
}

/* Where the client holds something by NFSv4 that it may not touch any more. */
static void report_held(struct rule_run *run, struct table_rights *rights,
			const struct live_client *client)
{
	for (size_t i = 0; i < client->nfs4.count; i++) {
		const struct nfsd_client *nfs4 = client->nfs4.items[i];

		for (unsigned k = 0; k < nfs4->device_count; k++) {
			struct finding *finding;
			struct str point;

			if (!table_rights_lack_device(rights, client,
						      nfs4->devices[k], &point))
				continue;
			finding = rule_report_local(
				run, run->local->live->etab->source,
				(struct span){ 0 },
				"%.*s holds open files or locks on the file "
				"system at %.*s, of which no export gives it "
				"anything any more",
				STR_ARG(client->name), STR_ARG(point));
			finding->client = client->name;
			finding->path = point;
			finding->fix.description = expire;
			rule_lower(finding, 1);
		}
	}
}

/* Clients that are there, but have a mount less than rmtab says. */
struct losers {
	size_t count;
	const struct live_client *only;
	struct strbuf paths; /* of the only one */
	struct strbuf names; /* of some, with a path each */
};

static void note_lost(struct losers *losers, const struct live_client *client,
		      struct str path, size_t lost)
{
	if (!lost) {
		losers->count++;
		losers->only = client;
		if (losers->count <= NAMED)
			strbuf_printf(&losers->names, "%s%.*s (%.*s)",
				      losers->count > 1 ? ", " : "",
				      STR_ARG(client->name), STR_ARG(path));
	}
	if (losers->count == 1 && lost < NAMED)
		strbuf_printf(&losers->paths, "%s%.*s", lost ? ", " : "",
			      STR_ARG(path));
}

static void find_lost(struct table_rights *rights,
		      const struct live_client *client, struct losers *losers)
{
	size_t lost = 0;

	for (size_t i = 0; i < client->mounts.count; i++)
		if (table_rights_lack(rights, client,
				      client->mounts.items[i]->path))
			note_lost(losers, client, client->mounts.items[i]->path,
				  lost++);
	if (losers->count == 1 && lost > NAMED)
		strbuf_printf(&losers->paths, " and %zu more", lost - NAMED);
}

/* They may as well have unmounted since: the server does not take that note
 * from a client that lost its right. */
static void report_lost(struct rule_run *run, const struct losers *losers)
{
	uint32_t etab = run->local->live->etab->source;
	struct finding *finding;

	if (losers->count == 1) {
		finding = rule_report_local(
			run, etab, (struct span){ 0 },
			"%.*s is connected and noted as having mounted %s, "
			"which no export gives it any more",
			STR_ARG(losers->only->name), losers->paths.data);
		finding->client = losers->only->name;
	} else {
		finding = rule_report_local(
			run, etab, (struct span){ 0 },
			"%zu clients are connected and noted as having mounted "
			"what no export gives them any more: %s%s",
			losers->count, losers->names.data,
			losers->count > NAMED ? " and others" : "");
	}
	rule_lower(finding, 2);
}

static void check(struct rule_run *run)
{
	const struct live_state *live = run->local->live;
	struct table_rights rights;
	struct live_clients clients;
	struct losers losers = { 0 };

	if (!live->in_force)
		return;
	table_rights_build(run, live->in_force, &rights);
	live_clients_merge(run->arena, live, &clients);
	for (size_t i = 0; i < clients.list.count; i++) {
		const struct live_client *client = &clients.list.items[i];

		/* that it left without a word is another finding */
		if (client->state == CLIENT_STALE)
			continue;
		if (table_rights_of(&rights, client) == MATCH_NO) {
			report_nothing_left(run, client);
			continue;
		}
		report_held(run, &rights, client);
		if (client->state == CLIENT_LIVE)
			find_lost(&rights, client, &losers);
	}
	if (losers.count)
		report_lost(run, &losers);
	strbuf_free(&losers.paths);
	strbuf_free(&losers.names);
}

const struct rule rule_connected_client_unauthorised = {
	.slug = "connected-client-unauthorised",
	.severity = SEVERITY_HIGH,
	.needs = NEEDS_LIVE,
	.traits = TRAIT_ALL,
	.summary = "a client has what no export gives it any more",
	.rationale =
		"Taking an export away makes the kernel refuse what the "
		"client asks for from then on, but its state stays: open "
		"files, locks, a connection. Which export such a file is in "
		"can be told only by its file system: where several "
		"exports share one, and one of them is still for the "
		"client, nothing is said. It may also be somebody who "
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
