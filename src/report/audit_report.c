#include "audit_report.h"

#define RENDERER(name) render_audit_##name,
audit_renderer *const audit_renderers[] = { AUDIT_FORMATS(RENDERER) };

#define NAME(name) #name,
const char *const audit_format_names[] = { AUDIT_FORMATS(NAME) NULL };

size_t audit_report_clients(const struct audit_report *report,
			    enum client_state state)
{
	size_t count = 0;

	for (size_t i = 0; i < report->clients->list.count; i++)
		count += report->clients->list.items[i].state == state;
	return count;
}
