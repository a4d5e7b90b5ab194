#include "who_report.h"

#define RENDERER(name) render_who_##name,
who_renderer *const who_renderers[] = { WHO_FORMATS(RENDERER) };

#define NAME(name) #name,
const char *const who_format_names[] = { WHO_FORMATS(NAME) NULL };
