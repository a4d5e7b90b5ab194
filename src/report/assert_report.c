#include "assert_report.h"

#define RENDERER(name) render_assert_##name,
assert_renderer *const assert_renderers[] = { ASSERT_FORMATS(RENDERER) };

#define NAME(name) #name,
const char *const assert_format_names[] = { ASSERT_FORMATS(NAME) NULL };

struct str assert_item_text(const struct assert_item *item)
{
	const char *text = item->source->text.data;

	return str_range(text + item->span.begin, text + item->span.end);
}
