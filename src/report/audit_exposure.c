#include "audit_exposure.h"

#include "client_reach.h"

void audit_exposure_name(struct arena *arena, const struct audit_report *report,
			 const struct export_exposure *exposure,
			 struct strbuf *out)
{
	const struct export_table *table = &report->lint.units.items[0]->table;
	const struct export_entry *entry = exposure->entry;

	strbuf_add(out, export_table_path(table, entry->path));
	strbuf_add_text(out, " to ");
	strbuf_add_text(
		out, client_reach_text(
			     arena, &table->clients.list.items[entry->client]));
}

void audit_exposure_reason(struct arena *arena,
			   const struct audit_report *report,
			   const struct server_reason *reason,
			   struct strbuf *out)
{
	if (reason->weight)
		strbuf_add_text(out, reason->weight->text);
	else
		audit_exposure_name(arena, report,
				    &report->exposure->exports.items[0], out);
}

void audit_exposure_parts(const struct export_exposure *exposure,
			  struct strbuf *out)
{
	for (unsigned i = 0; i < exposure->count; i++) {
		const struct export_reason *reason = &exposure->reasons[i];
		char number[EXPOSURE_TEXT];

		strbuf_printf(out, "%s%s %s", i ? ", " : "",
			      exposure_traits[reason->trait].id,
			      exposure_text(reason->tenths, number));
	}
}
