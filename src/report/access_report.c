#include "access_report.h"

#define RENDERER(name) render_access_##name,
access_renderer *const access_renderers[] = { ACCESS_FORMATS(RENDERER) };

#define NAME(name) #name,
const char *const access_format_names[] = { ACCESS_FORMATS(NAME) NULL };

struct access_place access_report_place(const struct access_report *report,
					const struct export_entry *entry)
{
	struct source *source =
		&report->table->input.documents->list.items[entry->document]
			 .source;
	struct source_position at =
		source_position(report->arena, source,
				export_entry_span(report->table, entry).begin);

	return (struct access_place){ source->name, at.line, at.column };
}

struct str access_report_client(const struct access_report *report,
				const struct export_entry *entry)
{
	struct str host =
		export_entry_host(report->arena, report->table, entry);

	return host.length ? host : STR("*");
}

const char *access_report_anonymous(const struct access_report *report,
				    const struct export_entry *entry)
{
	const struct export_policy *policy =
		&report->table->policies.list.items[entry->policy];
	const char *user = report->owners->users[entry->policy];

	return user ? arena_printf(report->arena, "uid %u (%s)",
				   (uint32_t)policy->anonuid, user)
		    : arena_printf(report->arena, "uid %u",
				   (uint32_t)policy->anonuid);
}
