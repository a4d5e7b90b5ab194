/* exportctl-audit-changes/1 */
#include "audit_changes_report.h"
#include "json_bytes.h"

static const char *const lists[AUDIT_KINDS][CHANGE_KINDS] = {
	[AUDIT_FINDING] = { "new", "fixed", "changed", NULL },
	[AUDIT_EXPORT] = { "appeared", "vanished", "changed", NULL },
	[AUDIT_CLIENT] = { "came", "went", NULL, NULL },
	[AUDIT_UNCHECKED] = { "lost", "back", NULL, NULL },
};

static json_t *change_json(enum audit_kind kind,
			   const struct audit_change *change)
{
	const struct audit_kind_row *row = &audit_kinds[kind];
	const struct audit_fact *fact =
		change->after ? change->after : change->before;
	json_t *object = json_object();

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

static void write_list(FILE *out, const struct audit_changes_report *report,
		       enum audit_kind kind, enum audit_change_kind how)
{
	const struct audit_changes *changes = report->changes;
	const char *separator = "\n";

	fprintf(out, "%s\"%s\":[", how ? "," : "", lists[kind][how]);
	for (size_t i = 0; i < changes->list[kind].count; i++) {
		const struct audit_change *change =
			&changes->list[kind].items[i];

		if (change->how != how ||
		    (report->first && kind != AUDIT_FINDING))
			continue;
		json_write_after(out, separator, change_json(kind, change));
		separator = ",\n";
	}
	fputc(']', out);
}

void render_changes_json(FILE *out, const struct audit_changes_report *report)
{
	fputs("{\"schema\":\"exportctl-audit-changes/1\",", out);
	json_write_after(out,
			 "\"host\":", json_lossy_string(str_of(report->host)));
	json_write_after(out, ",\"first\":", json_boolean(report->first));
	for (int kind = 0; kind < AUDIT_KINDS; kind++) {
		fprintf(out, ",\"%s\":{", audit_kinds[kind].table);
		for (int how = 0; how < CHANGE_KINDS; how++)
			if (lists[kind][how])
				write_list(out, report, (enum audit_kind)kind,
					   (enum audit_change_kind)how);
		fputc('}', out);
	}
	fputs("}\n", out);
}
