/* exportctl-audit/1 */
#include "audit_exposure.h"
#include "lint_json.h"

/* null where it is not known which entries a client has. */
static json_t *allowed_json(const struct audit_report *report, size_t number,
			    size_t mount)
{
	const enum access_verdict *verdicts =
		report->reach ? report->reach->clients[number].mounts : NULL;

	if (!verdicts || verdicts[mount] == ACCESS_DEPENDS)
		return json_null();
	return json_boolean(verdicts[mount] == ACCESS_ALLOWED);
}

static json_t *mounts_json(const struct audit_report *report, size_t number)
{
	const struct live_client *client = &report->clients->list.items[number];
	json_t *mounts = json_array();

	for (size_t i = 0; i < client->mounts.count; i++) {
		const struct rmtab_entry *entry = client->mounts.items[i];
		json_t *object = json_object();

		json_set_bytes(object, "path", entry->path);
		json_object_set_new(object, "count",
				    json_integer(entry->count));
		json_object_set_new(object, "allowed",
				    allowed_json(report, number, i));
		json_array_append_new(mounts, object);
	}
	return mounts;
}

/* null before Linux 5.19, which does not tell. */
static json_t *renewed_json(const struct nfsd_client *nfs4)
{
	return nfs4->renewed < 0 ? json_null() : json_integer(nfs4->renewed);
}

static json_t *holds_json(const struct nfsd_client *nfs4)
{
	json_t *holds;

	if (!nfs4->has_states)
		return json_null();
	holds = json_object();
	for (int i = 0; i < NFSD_STATE_KINDS; i++)
		json_object_set_new(holds,
				    nfsd_state_name((enum nfsd_state_kind)i),
				    json_integer(nfs4->states[i]));
	return holds;
}

static json_t *nfs4_json(const struct live_client *client)
{
	json_t *list = json_array();

	for (size_t i = 0; i < client->nfs4.count; i++) {
		const struct nfsd_client *nfs4 = client->nfs4.items[i];
		char version[16];
		json_t *object = json_object();

		snprintf(version, sizeof(version), "4.%u", nfs4->minor);
		json_object_set_new(object, "version", json_string(version));
		json_object_set_new(object, "state",
				    json_string(nfsd_client_state(nfs4)));
		json_set_bytes(object, "name", nfs4->name);
		json_object_set_new(object, "renewed", renewed_json(nfs4));
		json_object_set_new(object, "holds", holds_json(nfs4));
		json_array_append_new(list, object);
	}
	return list;
}

static json_t *reach_number_json(const struct audit_report *report,
				 size_t number)
{
	uint32_t reach = report->reach ? report->reach->clients[number].reach
				       : UINT32_MAX;

	return reach == UINT32_MAX ? json_null() : json_integer(reach);
}

static json_t *client_json(const struct audit_report *report, size_t number)
{
	const struct live_client *client = &report->clients->list.items[number];
	json_t *object = json_object();

	json_set_bytes(object, "client", client->name);
	json_object_set_new(object, "state",
			    json_string(client_state_name(client->state)));
	json_object_set_new(object, "connected",
			    json_boolean(client->connected));
	json_object_set_new(object, "nfs4", nfs4_json(client));
	json_object_set_new(object, "mounts", mounts_json(report, number));
	json_object_set_new(object, "reach", reach_number_json(report, number));
	return object;
}

static void write_clients(FILE *out, const struct audit_report *report)
{
	for (size_t i = 0; i < report->clients->list.count; i++)
		json_write_after(out, i ? ",\n" : "\n", client_json(report, i));
}

static json_t *versions_json(const struct reached_export *reached)
{
	json_t *versions = json_array();

	for (unsigned version = 3; version <= 4; version++)
		if (reached->versions & 1u << version)
			json_array_append_new(versions, json_integer(version));
	return versions;
}

static json_t *reached_json(const struct live_reach *reach,
			    const struct reached_export *reached)
{
	const struct export_entry *entry = reached->entry;
	bool allowed = reached->verdict == ACCESS_ALLOWED;
	json_t *object = json_object();

	json_set_bytes(object, "path", reached->path);
	json_object_set_new(object, "nfs_versions", versions_json(reached));
	json_object_set_new(object, "verdict",
			    json_string(access_verdict_name(reached->verdict)));
	if (entry)
		json_set_bytes(
			object, "client",
			reach->table->clients.list.items[entry->client].name);
	else
		json_object_set_new(object, "client", json_null());
	json_object_set_new(object, "access",
			    allowed ? json_string(reached->writes ? "rw" : "ro")
				    : json_null());
	json_object_set_new(
		object, "root",
		allowed ? json_string(reached->root ? "kept" : "squashed")
			: json_null());
	json_object_set_new(object, "kerberos",
			    allowed ? json_boolean(reached->kerberos)
				    : json_null());
	return object;
}

/* One by one, since they may be many. */
static void write_reach(FILE *out, const struct live_reach *reach,
			const struct reached_exports *exports)
{
	fprintf(out, "{\"complete\":%s,\"exports\":[",
		exports->complete ? "true" : "false");
	for (size_t i = 0; i < exports->list.count; i++)
		json_write_after(out, i ? ",\n" : "\n",
				 reached_json(reach, &exports->list.items[i]));
	fputs("]}", out);
}

static void write_reaches(FILE *out, const struct live_reach *reach)
{
	for (size_t i = 0; reach && i < reach->list.count; i++) {
		fputs(i ? ",\n" : "\n", out);
		write_reach(out, reach, &reach->list.items[i]);
	}
}

static json_t *unchecked_json(const struct live_state *live)
{
	json_t *list = json_array();

	for (size_t i = 0; i < live->unchecked.count; i++)
		json_array_append_new(
			list,
			json_pack("{s:s,s:o}", "what",
				  live->unchecked.items[i].what, "why",
				  json_lossy_string(str_of(
					  live->unchecked.items[i].why))));
	return list;
}

void render_audit_json(FILE *out, const struct audit_report *report)
{
	lint_json_write_head(out, "exportctl-audit/1", &report->lint);
	json_write_after(out,
			 ",\"host\":", json_lossy_string(str_of(report->host)));
	fputs(",\"findings\":[", out);
	lint_json_write_findings(out, &report->lint);
	fputs("],\"clients\":[", out);
	write_clients(out, report);
	fputs("],\"reaches\":[", out);
	write_reaches(out, report->reach);
	fputs("],\"exposure\":", out);
	audit_exposure_write_json(out, report);
	json_write_after(out,
			 ",\"not_checked\":", unchecked_json(report->live));
	json_write_after(out,
			 ",\"summary\":", lint_json_summary(&report->lint));
	fputs("}\n", out);
}
