#include "who_report.h"

#define RENDERER(name) render_who_##name,
who_renderer *const who_renderers[] = { WHO_FORMATS(RENDERER) };

#define NAME(name) #name,
const char *const who_format_names[] = { WHO_FORMATS(NAME) NULL };

static bool has_text(const struct str *texts, size_t count, struct str text)
{
	for (size_t i = 0; i < count; i++)
		if (texts[i].data == text.data)
			return true;
	return false;
}

void who_report_others(const struct who_report *report,
		       const struct exposure_crowd *crowd,
		       struct who_texts *others)
{
	const struct exposure *exposure = report->exposure;

	*others = (struct who_texts){ 0 };
	for (size_t i = 0; crowd->by_name && i < exposure->symbolic.count;
	     i++) {
		struct str text = exposure->symbolic.items[i];

		if (!has_text(crowd->names.items, crowd->names.count, text) &&
		    !has_text(crowd->netgroups.items, crowd->netgroups.count,
			      text) &&
		    !has_text(crowd->scattered.items, crowd->scattered.count,
			      text))
			*ARRAY_ADD(report->arena, &others->list) = text;
	}
}
