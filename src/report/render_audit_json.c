/* exportctl-audit/1 */
#include "audit_report.h"
#include "lint_json.h"

static json_t *mounts_json(const struct live_client *client)
{
	json_t *mounts = json_array();

	for (size_t i = 0; i < client->mounts.count; i++) {
		const struct rmtab_entry *entry = client->mounts.items[i];
		json_t *object = json_object();

		json_set_bytes(object, "path", entry->path);
		json_object_set_new(object, "count",
				    json_integer(entry->count));
		json_array_append_new(mounts, object);
	}
	return mounts;
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
		json_array_append_new(list, object);
	}
	return list;
}

static json_t *client_json(const struct live_client *client)
{
	json_t *object = json_object();

	json_set_bytes(object, "client", client->name);
	json_object_set_new(object, "state",
			    json_string(client_state_name(client->state)));
	json_object_set_new(object, "connected",
			    json_boolean(client->connected));
	json_object_set_new(object, "nfs4", nfs4_json(client));
	json_object_set_new(object, "mounts", mounts_json(client));
	return object;
}

static void write_clients(FILE *out, const struct live_clients *clients)
{
	for (size_t i = 0; i < clients->list.count; i++)
		json_write_after(out, i ? ",\n" : "\n",
				 client_json(&clients->list.items[i]));
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
	write_clients(out, report->clients);
	fputs("]", out);
	json_write_after(out,
			 ",\"not_checked\":", unchecked_json(report->live));
	json_write_after(out,
			 ",\"summary\":", lint_json_summary(&report->lint));
	fputs("}\n", out);
}
