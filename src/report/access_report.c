#include "access_report.h"

#define RENDERER(name) render_access_##name,
access_renderer *const access_renderers[] = { ACCESS_FORMATS(RENDERER) };

#define NAME(name) #name,
const char *const access_format_names[] = { ACCESS_FORMATS(NAME) NULL };
