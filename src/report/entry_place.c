#include "entry_place.h"

struct entry_place entry_place_of(struct arena *arena,
				  const struct export_table *table,
				  const struct export_entry *entry)
{
	struct source *source =
		&table->input.documents->list.items[entry->document].source;
	struct source_position at = source_position(
		arena, source, export_entry_span(table, entry).begin);

	return (struct entry_place){ source->name, at.line, at.column };
}

struct str entry_client_text(struct arena *arena,
			     const struct export_table *table,
			     const struct export_entry *entry)
{
	struct str host = export_entry_host(arena, table, entry);

	return host.length ? host : STR("*");
}

const char *policy_anonymous_text(struct arena *arena,
				  const struct export_table *table,
				  const struct resolved_owners *owners,
				  uint32_t policy)
{
	uint32_t uid = (uint32_t)table->policies.list.items[policy].anonuid;
	const char *user = owners->users[policy];

	return user ? arena_printf(arena, "uid %u (%s)", uid, user)
		    : arena_printf(arena, "uid %u", uid);
}
