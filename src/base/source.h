/* A text with a name, and places in it.
 *
 * Places are byte offsets; lines and columns are computed when somebody
 * prints them, from an index of line starts that is built once.
 */
#ifndef SOURCE_H
#define SOURCE_H

#include <stdint.h>

#include "arena.h"
#include "str.h"

/* The longest text that a source may have, in bytes: spans have 32 bits, and
 * a larger exports file is an accident. */
#define SOURCE_MAX_BYTES ((size_t)1 << 30)

/* Bytes begin to end - 1 of a source. */
struct span {
	uint32_t begin, end;
};

struct source {
	const char *name; /* as printed: the path inside the root, or "-" */
	struct str text;  /* at most SOURCE_MAX_BYTES */
	struct line_index *lines; /* filled by source_position */
};

/* All count from 1. */
struct source_position {
	uint32_t line;
	uint32_t column;       /* in bytes */
	uint32_t column_chars; /* in code points; what is not UTF-8 counts
				  at least one a sequence */
};

/* Where offset lies (text.length means the end). The line index is taken from
 * arena at the first call for this source. */
struct source_position source_position(struct arena *arena,
				       struct source *source, uint32_t offset);

/* Line number `line` (from 1) without its newline; empty if there is none. */
struct str source_line(struct arena *arena, struct source *source,
		       uint32_t line);

#endif
