#include "show_report.h"

#define ROW(name, needs) { .render = render_show_##name, needs },
const struct show_format show_formats[] = { SHOW_FORMATS(ROW) };

#define NAME(name, needs) #name,
const char *const show_format_names[] = { SHOW_FORMATS(NAME) NULL };
