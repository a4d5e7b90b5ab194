/* exportctl-exports/1 and exportctl-mounts/1, written entry by entry. */
#include "json_bytes.h"
#include "nfs4_listing.h"
#include "nfsd_client_parser.h"
#include "server_report.h"

static const char *schema_of(const struct server_report *report)
{
	return report->ask == ASK_EXPORTS ? "exportctl-exports/1"
					  : "exportctl-mounts/1";
}

static void write_text_or_null(FILE *out, const char *key, const char *text)
{
	if (text)
		json_write_bytes(out, key, str_of(text));
	else
		fprintf(out, "\"%s\":null", key);
}

static void write_flavors(FILE *out, const struct export_flavors *flavors)
{
	if (!flavors->names)
		return;
	fputs(",\"sec\":[", out);
	for (uint32_t i = 0; i < flavors->count; i++)
		fprintf(out, "%s\"%s\"", i ? "," : "", flavors->names[i]);
	putc(']', out);
}

/* The exact bytes of the groups, beside a list in which some were replaced. */
static void write_exact_clients(FILE *out, const struct server_answer *answer,
				const struct listed_export *export)
{
	fputs(",\"clients_base64\":[", out);
	for (uint32_t i = 0; i < export->group_count; i++) {
		if (i)
			putc(',', out);
		json_write_base64(
			out,
			answer_text(
				answer,
				answer->groups.items[export->first_group + i]));
	}
	putc(']', out);
}

static void write_clients(FILE *out, const struct server_answer *answer,
			  const struct listed_export *export)
{
	bool exact = true;

	fputs(",\"clients\":[", out);
	for (uint32_t i = 0; i < export->group_count; i++) {
		if (i)
			putc(',', out);
		exact &= json_write_text(
			out,
			answer_text(
				answer,
				answer->groups.items[export->first_group + i]));
	}
	putc(']', out);
	if (!exact)
		write_exact_clients(out, answer, export);
}

/* Entries of json stand on lines of their own; jsonl is one line. */
static void begin_entry(FILE *out, bool in_line, size_t index)
{
	if (index)
		putc(',', out);
	if (!in_line)
		putc('\n', out);
	putc('{', out);
}

static void write_export(FILE *out, const struct server_answer *answer,
			 uint32_t index)
{
	const struct listed_export *export = &answer->exports.items[index];

	json_write_bytes(out, "path", answer_text(answer, export->path));
	write_clients(out, answer, export);
	if (answer->flavors)
		write_flavors(out, &answer->flavors[index]);
}

static void write_remarks(FILE *out, const struct nfs4_export *export)
{
	const struct {
		const char *key;
		bool holds;
	} remarks[] = {
		{ "directory", export->is_directory },
		{ "inferred", export->is_inferred },
		{ "moved", export->is_moved },
		{ "tls_only", export->wants_tls },
	};

	for (size_t i = 0; i < sizeof(remarks) / sizeof(*remarks); i++)
		if (remarks[i].holds)
			fprintf(out, ",\"%s\":true", remarks[i].key);
}

static void write_nfs4_export(FILE *out, const struct server_answer *answer,
			      uint32_t index)
{
	const struct nfs4_export *export = &answer->nfs4->exports.items[index];

	json_write_bytes(out, "path", export->path);
	fputs(",\"clients\":null", out);
	write_flavors(out, &export->flavors);
	fprintf(out, ",\"state\":\"%s\"", nfs4_state_name(export->state));
	write_remarks(out, export);
}

static void write_mount(FILE *out, const struct server_answer *answer,
			uint32_t index)
{
	const struct listed_mount *mount = &answer->mounts.items[index];

	json_write_bytes(out, "client", answer_text(answer, mount->client));
	putc(',', out);
	json_write_bytes(out, "path", answer_text(answer, mount->path));
	fputs(",\"source\":\"mount-dump\",\"version\":null,"
	      "\"state\":\"unknown\"",
	      out);
}

/* The list of the server; gives the number of entries. */
static size_t write_list(FILE *out, const struct server_report *report,
			 const struct server_result *result, bool in_line)
{
	const struct server_answer *answer = result->answer;
	const uint32_t *order = server_result_order(report, result);
	size_t count = server_result_count(report, result);
	void (*write)(FILE *, const struct server_answer *, uint32_t) =
		report->ask == ASK_MOUNTS ? write_mount
		: answer->nfs4		  ? write_nfs4_export
					  : write_export;

	for (size_t i = 0; i < count; i++) {
		begin_entry(out, in_line, i);
		write(out, answer, order[i]);
		putc('}', out);
	}
	return count;
}

static void write_states(FILE *out, const struct nfsd_client *client)
{
	if (!client->has_states)
		return;
	fputs(",\"holds\":{", out);
	for (int i = 0; i < NFSD_STATE_KINDS; i++)
		fprintf(out, "%s\"%s\":%u", i ? "," : "",
			nfsd_state_name((enum nfsd_state_kind)i),
			client->states[i]);
	putc('}', out);
}

/* Behind index other entries. NFSv4 knows of no mount, so there is no path. */
static void write_nfsd_clients(FILE *out, const struct nfsd_clients *clients,
			       bool in_line, size_t index)
{
	for (size_t i = 0; clients && i < clients->list.count; i++) {
		const struct nfsd_client *client = &clients->list.items[i];

		begin_entry(out, in_line, index + i);
		json_write_bytes(out, "client", client->address_text);
		fprintf(out,
			",\"path\":null,\"source\":\"nfsd-clients\","
			"\"version\":\"4.%u\",\"state\":\"%s\",",
			client->minor, nfsd_client_state(client));
		json_write_bytes(out, "name", client->name);
		write_states(out, client);
		putc('}', out);
	}
}

static void write_versions(FILE *out, const char *key, unsigned bits,
			   const char *prefix)
{
	const char *separator = "";

	fprintf(out, "%s[", key);
	for (unsigned i = 0; bits; i++, bits >>= 1) {
		if (!(bits & 1))
			continue;
		fprintf(out, "%s\"%s%u\"", separator, prefix, i);
		separator = ",";
	}
	putc(']', out);
}

static void write_probe(FILE *out, const struct probe_facts *facts)
{
	static const char *const tls[] = {
		[PROBE_TLS_NOT_CHECKED] = "null",
		[PROBE_TLS_REFUSED] = "\"no\"",
		[PROBE_TLS_NOT_UNDERSTOOD] = "\"no\"",
		[PROBE_TLS_OFFERED] = "\"offered\"",
	};

	fprintf(out, ",\"probe\":{\"tls\":%s", tls[facts->tls]);
	write_versions(out, ",\"nfs_versions\":", facts->nfs_versions, "");
	write_versions(out, ",\"nfs4_minor_versions\":", facts->nfs4_minors,
		       "4.");
	write_versions(out, ",\"mount_versions\":", facts->mount_versions, "");
	fprintf(out, ",\"transports\":[%s%s%s]}", facts->tcp ? "\"tcp\"" : "",
		facts->tcp && facts->udp ? "," : "",
		facts->udp ? "\"udp\"" : "");
}

static void write_notes(FILE *out, const struct server_answer *answer)
{
	if (!answer->notes.count)
		return;
	fputs(",\"notes\":[", out);
	for (size_t i = 0; i < answer->notes.count; i++) {
		if (i)
			putc(',', out);
		json_write_text(out, str_of(answer->notes.items[i]));
	}
	putc(']', out);
}

static void write_head(FILE *out, const struct server_report *report,
		       const struct server_result *result)
{
	const struct server_answer *answer = result->answer;
	char host[IP_ADDRESS_TEXT], address[IP_ADDRESS_TEXT];

	json_write_bytes(out, "host", str_of(server_result_host(result, host)));
	putc(',', out);
	write_text_or_null(out, "address",
			   answer->address.family == IP_NONE
				   ? NULL
				   : ip_address_text(answer->address, address));
	fprintf(out, ",\"status\":\"%s\",\"complete\":%s,",
		answer_status_name(answer->status),
		answer->complete ? "true" : "false");
	write_text_or_null(out, "error", answer->error);
	putc(',', out);
	write_text_or_null(out, "via", answer->via);
	if (report->timing)
		fprintf(out, ",\"milliseconds\":%u", answer->milliseconds);
}

/* The members of a server, without its braces. */
static void write_members(FILE *out, const struct server_report *report,
			  const struct server_result *result, bool in_line)
{
	size_t count;

	write_head(out, report, result);
	fprintf(out, ",\"%s\":[",
		report->ask == ASK_MOUNTS ? "mounts" : "exports");
	count = write_list(out, report, result, in_line);
	write_nfsd_clients(out, result->clients, in_line, count);
	putc(']', out);
	if (result->answer->probe)
		write_probe(out, result->answer->probe);
	write_notes(out, result->answer);
}

static void begin_document(FILE *out, const struct server_report *report)
{
	fprintf(out, "{\"schema\":\"%s\"%s,\"servers\":[", schema_of(report),
		report->partial ? ",\"partial\":true" : "");
}

static void write_element(FILE *out, const struct server_report *report,
			  const struct server_result *result, size_t index)
{
	fputs(index ? ",\n{" : "\n{", out);
	write_members(out, report, result, false);
	putc('}', out);
}

static void end_document(FILE *out, const struct server_report *report)
{
	(void)report;
	fputs("]}\n", out);
}

const struct server_format server_format_json = {
	.has_failures = true,
	.begin = begin_document,
	.write = write_element,
	.end = end_document,
};

static void write_line(FILE *out, const struct server_report *report,
		       const struct server_result *result, size_t index)
{
	(void)index;
	fprintf(out, "{\"schema\":\"%s\",", schema_of(report));
	write_members(out, report, result, true);
	fputs("}\n", out);
	fflush(out);
}

const struct server_format server_format_jsonl = {
	.streams = true,
	.has_failures = true,
	.write = write_line,
};
