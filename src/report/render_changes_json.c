/* exportctl-audit-changes/1 */
#include "audit_changes_report.h"
#include "json_bytes.h"

/* The key of a kind, and of the lists of its changes; of which servers it is.
 */
static const struct {
	enum audit_kind kind;
	const char *key;
	bool here, elsewhere;
	const char *lists[CHANGE_KINDS];
} kinds[] = {
	{ AUDIT_FINDING,
	  "findings",
	  true,
	  true,
	  { "new", "fixed", "changed", NULL } },
	{ AUDIT_EXPORT,
	  "exports",
	  true,
	  false,
	  { "appeared", "vanished", "changed", NULL } },
	{ AUDIT_LISTED,
	  "exports",
	  false,
	  true,
	  { "appeared", "vanished", "changed", NULL } },
	{ AUDIT_CLIENT, "clients", true, true, { "came", "went", NULL, NULL } },
	{ AUDIT_UNCHECKED,
	  "unchecked",
	  true,
	  true,
	  { "lost", "back", NULL, NULL } },
};

static json_t *change_json(enum audit_kind kind,
			   const struct audit_change *change, const char *host)
{
	const struct audit_kind_row *row = &audit_kinds[kind];
	const struct audit_fact *fact =
		change->after ? change->after : change->before;
	json_t *object = json_object();

	if (host)
		json_object_set_new(object, "host",
				    json_lossy_string(str_of(host)));
	for (unsigned i = 0; i < row->columns; i++)
		json_set_bytes(object, row->names[i], fact->text[i]);
	for (unsigned i = row->keys;
	     change->how == CHANGE_OTHER && i < row->keys + row->values; i++) {
		char key[32];

		snprintf(key, sizeof(key), "%s_before", row->names[i]);
		json_set_bytes(object, key, change->before->text[i]);
	}
	return object;
}

/* Returns what comes before the next one. */
static const char *
write_server(FILE *out, const struct audit_changes_report *report,
	     const struct audit_server_changes *server, enum audit_kind kind,
	     enum audit_change_kind how, const char *separator)
{
	const struct audit_changes *changes = server->changes;

	if (!audit_server_changes_tell(server, report->fleet, kind))
		return separator;
	for (size_t i = 0; i < changes->list[kind].count; i++) {
		const struct audit_change *change =
			&changes->list[kind].items[i];

		if (change->how != how)
			continue;
		json_write_after(
			out, separator,
			change_json(kind, change,
				    report->fleet ? server->host : NULL));
		separator = ",\n";
	}
	return separator;
}

static void write_lists(FILE *out, const struct audit_changes_report *report,
			size_t row)
{
	const char *before = "";

	fprintf(out, ",\"%s\":{", kinds[row].key);
	for (int how = 0; how < CHANGE_KINDS; how++) {
		const char *separator = "\n";

		if (!kinds[row].lists[how])
			continue;
		fprintf(out, "%s\"%s\":[", before, kinds[row].lists[how]);
		for (size_t i = 0; i < report->count; i++)
			separator = write_server(
				out, report, &report->servers[i],
				kinds[row].kind, (enum audit_change_kind)how,
				separator);
		fputc(']', out);
		before = ",";
	}
	fputc('}', out);
}

void render_changes_json(FILE *out, const struct audit_changes_report *report)
{
	fputs("{\"schema\":\"exportctl-audit-changes/1\",", out);
	json_write_after(out, "\"host\":",
			 report->fleet ? json_null()
				       : json_lossy_string(str_of(
						 report->servers->host)));
	json_write_after(out, ",\"first\":",
			 json_boolean(audit_changes_report_first(report)));
	if (report->fleet)
		fprintf(out, ",\"asked\":%zu", report->asked);
	for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
		if (report->fleet ? kinds[i].elsewhere : kinds[i].here)
			write_lists(out, report, i);
	fputs("}\n", out);
}
