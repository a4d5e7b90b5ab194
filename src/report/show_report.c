#include "show_report.h"

#define ROW(name, needs_reread) { needs_reread, render_show_##name },
const struct show_format show_formats[] = { SHOW_FORMATS(ROW) };

#define NAME(name, needs_reread) #name,
const char *const show_format_names[] = { SHOW_FORMATS(NAME) NULL };
