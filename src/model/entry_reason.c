#include "entry_reason.h"

const char *entry_place(struct arena *arena, const struct export_table *table,
			uint32_t document, uint32_t offset)
{
	struct source *source =
		&table->input.documents->list.items[document].source;
	struct source_position at = source_position(arena, source, offset);

	return arena_printf(arena, "%s:%u:%u", source->name, at.line,
			    at.column_chars);
}

const char *entry_reason(struct arena *arena, const struct export_table *table,
			 const struct export_entry *entry)
{
	const struct diag *diag;

	if (entry->state == EXPORT_LOADED)
		return NULL;
	if (entry->state == EXPORT_DUPLICATE) {
		const struct export_entry *winner =
			&table->entries.items[entry->cause];

		return arena_printf(
			arena, "this path already has this client, at %s",
			entry_place(arena, table, winner->document,
				    export_entry_span(table, winner).begin));
	}
	diag = &table->diags.list.items[entry->cause];
	if (entry->state == EXPORT_NOT_REACHED)
		return arena_printf(arena, "exportfs stops at %s: %s",
				    entry_place(arena, table, diag->source,
						diag->span.begin),
				    diag->message);
	return diag->message;
}
