/* Lists of servers for people. */
#include "client_spec.h"
#include "nfs4_listing.h"
#include "nfsd_client_parser.h"
#include "server_report.h"
#include "text_escape.h"
#include "text_table.h"

enum { COLUMNS = 5 };

/* What somebody who does not know exports(5) could overlook in a group. */
static const char *meaning_of(struct str group)
{
	static const char *const meanings[CLIENT_TYPES] = {
		[CLIENT_HOST] = "",
		[CLIENT_NETWORK] = "",
		[CLIENT_WILDCARD] = " (host names)",
		[CLIENT_NETGROUP] = " (netgroup)",
		[CLIENT_ANONYMOUS] = " (everyone)",
		[CLIENT_GSS] = " (a flavor; other clients are not told)",
	};
	enum client_type type = client_spec_of(group).type;
	bool has_letter = false;

	for (size_t i = 0; i < group.length; i++) {
		char c = ascii_lower(group.data[i]);

		has_letter |= c >= 'a' && c <= 'z';
	}
	return type == CLIENT_WILDCARD && !has_letter
		       ? " (host names, no addresses)"
		       : meanings[type];
}

/* A name that could be taken for several, or for an explanation, is quoted. */
static void add_group(struct strbuf *cell, struct str group)
{
	static const char marks[] = " ,()\"";
	bool quoted = !group.length;

	for (size_t i = 0; i < sizeof(marks) - 1; i++)
		quoted |= str_find(group, marks[i]) < group.length;
	if (quoted)
		strbuf_add_char(cell, '"');
	strbuf_add(cell, group);
	if (quoted)
		strbuf_add_char(cell, '"');
	else
		strbuf_add_text(cell, meaning_of(group));
}

static void add_clients(struct strbuf *cell, const struct server_answer *answer,
			const struct listed_export *export)
{
	const struct answer_text *groups =
		answer->groups.items + export->first_group;

	if (!export->group_count)
		strbuf_add_text(cell, "(everyone)");
	for (uint32_t i = 0; i < export->group_count; i++) {
		if (i)
			strbuf_add_text(cell, ", ");
		add_group(cell, answer_text(answer, groups[i]));
	}
}

static void add_flavors(struct strbuf *cell,
			const struct export_flavors *flavors)
{
	for (uint32_t i = 0; flavors->names && i < flavors->count; i++) {
		if (i)
			strbuf_add_char(cell, ':');
		strbuf_add_text(cell, flavors->names[i]);
	}
}

/* A name without a byte can be seen, too. */
static struct str visible(struct str name)
{
	return name.length ? name : STR("\"\"");
}

typedef void row_writer(struct text_table *table,
			const struct server_result *result, uint32_t index);

static void write_export(struct text_table *table,
			 const struct server_result *result, uint32_t index)
{
	const struct server_answer *answer = result->answer;
	const struct listed_export *export = &answer->exports.items[index];
	struct strbuf clients = { 0 }, flavors = { 0 };

	add_clients(&clients, answer, export);
	if (answer->flavors)
		add_flavors(&flavors, &answer->flavors[index]);
	text_table_row(table,
		       (const struct str[COLUMNS]){
			       visible(answer_text(answer, export->path)),
			       strbuf_str(&clients), strbuf_str(&flavors) });
	strbuf_free(&clients);
	strbuf_free(&flavors);
}

static void add_remark(struct strbuf *cell, bool wanted, const char *remark)
{
	if (wanted)
		strbuf_printf(cell, "%s%s", cell->length ? ", " : "", remark);
}

static void write_nfs4_export(struct text_table *table,
			      const struct server_result *result,
			      uint32_t index)
{
	const struct nfs4_export *export =
		&result->answer->nfs4->exports.items[index];
	struct strbuf flavors = { 0 }, state = { 0 };

	add_flavors(&flavors, &export->flavors);
	add_remark(&state, export->state != NFS4_STATE_OK,
		   nfs4_state_name(export->state));
	add_remark(&state, export->wants_tls, "only over TLS");
	add_remark(&state, export->is_moved, "elsewhere");
	add_remark(&state, export->is_directory, "a directory on the way");
	add_remark(&state, export->is_inferred, "inferred");
	text_table_row(table, (const struct str[COLUMNS]){
				      export->path, strbuf_str(&flavors),
				      strbuf_str(&state) });
	strbuf_free(&flavors);
	strbuf_free(&state);
}

static void write_mount(struct text_table *table,
			const struct server_result *result, uint32_t index)
{
	const struct server_answer *answer = result->answer;
	const struct listed_mount *mount = &answer->mounts.items[index];

	text_table_row(table,
		       (const struct str[COLUMNS]){
			       visible(answer_text(answer, mount->path)),
			       visible(answer_text(answer, mount->client)) });
}

/* "2 open, 1 lock". */
static void add_states(struct strbuf *cell, const struct nfsd_client *client)
{
	for (int i = 0; i < NFSD_STATE_KINDS; i++)
		if (client->states[i])
			strbuf_printf(cell, "%s%u %s", cell->length ? ", " : "",
				      client->states[i],
				      nfsd_state_name((enum nfsd_state_kind)i));
}

static void write_client(struct text_table *table,
			 const struct server_result *result, uint32_t index)
{
	const struct nfsd_client *client = &result->clients->list.items[index];
	struct strbuf version = { 0 }, states = { 0 };

	strbuf_printf(&version, "4.%u", client->minor);
	add_states(&states, client);
	text_table_row(table,
		       (const struct str[COLUMNS]){
			       client->address_text, strbuf_str(&version),
			       str_of(nfsd_client_state(client)),
			       strbuf_str(&states), client->name });
	strbuf_free(&version);
	strbuf_free(&states);
}

/* A table of count rows, those that order names. */
static void write_table(FILE *out, const struct server_report *report,
			const struct server_result *result,
			const char *const *heading, row_writer *write,
			const uint32_t *order, size_t count)
{
	struct text_table table;
	struct str cells[COLUMNS] = { 0 };

	for (size_t i = 0; i < COLUMNS && heading[i]; i++)
		cells[i] = str_of(heading[i]);
	text_table_init(&table, COLUMNS);
	for (int pass = 0; pass < 2; pass++) {
		text_table_row(&table, cells);
		for (size_t i = 0; i < count; i++)
			write(&table, result, order ? order[i] : (uint32_t)i);
		text_table_print_to(&table, out, report->color);
	}
}

static void write_exports(FILE *out, const struct server_report *report,
			  const struct server_result *result)
{
	static const char *const plain[] = { "PATH", "CLIENTS", NULL };
	static const char *const with_flavors[] = { "PATH", "CLIENTS",
						    "SECURITY", NULL };
	static const char *const nfs4[] = { "PATH", "SECURITY", "STATE", NULL };
	const struct server_answer *answer = result->answer;
	size_t count = server_result_count(report, result);
	const uint32_t *order = server_result_order(report, result);

	if (!count)
		fputs("nothing is exported\n", out);
	else if (answer->nfs4)
		write_table(out, report, result, nfs4, write_nfs4_export, order,
			    count);
	else
		write_table(out, report, result,
			    answer->flavors ? with_flavors : plain,
			    write_export, order, count);
}

static void write_clients(FILE *out, const struct server_report *report,
			  const struct server_result *result)
{
	static const char *const heading[] = { "NFSv4 CLIENT", "VERSION",
					       "STATE", "HOLDS", "NAME" };

	if (result->clients->list.count)
		write_table(out, report, result, heading, write_client, NULL,
			    result->clients->list.count);
	else
		fputs("there are no NFSv4 clients\n", out);
	fputs("  from /proc/fs/nfsd/clients\n", out);
}

static void write_mounts(FILE *out, const struct server_report *report,
			 const struct server_result *result)
{
	static const char *const heading[] = { "PATH", "CLIENT", NULL };
	size_t count = server_result_count(report, result);

	if (count)
		write_table(out, report, result, heading, write_mount,
			    server_result_order(report, result), count);
	else
		fputs("no mounts are noted\n", out);
}

static void write_facts(FILE *out, const struct probe_facts *facts)
{
	static const char *const tls[] = {
		[PROBE_TLS_NOT_CHECKED] = "not checked",
		[PROBE_TLS_REFUSED] = "refused",
		[PROBE_TLS_NOT_UNDERSTOOD] = "not understood",
		[PROBE_TLS_OFFERED] = "offered",
	};

	fprintf(out, "  RPC-with-TLS: %s; NFS:", tls[facts->tls]);
	for (unsigned i = 2; i <= 3; i++)
		if (facts->nfs_versions & 1u << i)
			fprintf(out, " %u", i);
	if (facts->nfs_versions & 1u << 4 && !facts->nfs4_minors)
		fputs(" 4", out);
	for (unsigned i = 0; i <= 2; i++)
		if (facts->nfs4_minors & 1u << i)
			fprintf(out, " 4.%u", i);
	fputs("; MOUNT:", out);
	for (unsigned i = 1; i <= 3; i++)
		if (facts->mount_versions & 1u << i)
			fprintf(out, " %u", i);
	fprintf(out, "; over%s%s\n", facts->tcp ? " TCP" : "",
		facts->udp ? " UDP" : "");
}

/* What the list can't say. */
static const char *ignorance_of(const struct server_report *report,
				const struct server_result *result)
{
	if (report->ask == ASK_MOUNTS)
		return result->clients
			       ? ", as noted by the server: clients that "
				 "crashed stay in it"
			       : ", as noted by the server: clients that "
				 "crashed stay in it, NFSv4 clients do not "
				 "appear here";
	return result->answer->nfs4
		       ? ": what this host may see; who else may mount it is "
			 "not told"
		       : "";
}

/* Where the list comes from. */
static void write_source(FILE *out, const struct server_report *report,
			 const struct server_result *result)
{
	const struct server_answer *answer = result->answer;

	fprintf(out, "  from %s%s", answer->via, ignorance_of(report, result));
	if (report->timing)
		fprintf(out, ", in %u ms", answer->milliseconds);
	if (!answer->complete)
		fputs(", not complete", out);
	putc('\n', out);
}

static void write_list(FILE *out, const struct server_report *report,
		       const struct server_result *result)
{
	if (report->ask == ASK_MOUNTS)
		write_mounts(out, report, result);
	else
		write_exports(out, report, result);
	write_source(out, report, result);
}

static void write_notes(FILE *out, const struct server_answer *answer)
{
	for (size_t i = 0; i < answer->notes.count; i++) {
		fputs("  ", out);
		text_escape_write(out, str_of(answer->notes.items[i]));
		putc('\n', out);
	}
	if (answer->probe)
		write_facts(out, answer->probe);
}

static void write_name(FILE *out, const struct server_result *result,
		       size_t index)
{
	char text[IP_ADDRESS_TEXT], address[IP_ADDRESS_TEXT];
	const char *host = server_result_host(result, text);

	if (index)
		putc('\n', out);
	text_escape_write(out, str_of(host));
	ip_address_text(result->answer->address, address);
	if (result->answer->address.family != IP_NONE &&
	    strcmp(host, address) != 0)
		fprintf(out, " (%s)", address);
	fputs(":\n", out);
}

static void write_server(FILE *out, const struct server_report *report,
			 const struct server_result *result, size_t index)
{
	const struct server_answer *answer = result->answer;

	if (!answer->gives_list && !result->clients && !answer->probe)
		return; /* said on standard error */
	if (!report->alone)
		write_name(out, result, index);
	if (answer->gives_list)
		write_list(out, report, result);
	if (result->clients)
		write_clients(out, report, result);
	write_notes(out, answer);
}

const struct server_format server_format_table = {
	.write = write_server,
};
