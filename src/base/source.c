#include "source.h"

#include "array.h"

struct line_index {
	ARRAY(uint32_t) starts; /* offset of the first byte of each line */

	/* The column that was counted last; who goes through a long line from
	 * left to right counts each part of it once. */
	uint32_t counted_line, counted_offset, counted_chars;
};

static struct line_index *line_index(struct arena *arena, struct source *source)
{
	struct line_index *index = source->lines;
	const char *text = source->text.data;
	size_t length = source->text.length;

	if (index)
		return index;
	index = source->lines = arena_alloc(arena, sizeof(*index));
	*ARRAY_ADD(arena, &index->starts) = 0;
	for (size_t at = 0; at < length;) {
		const char *newline = memchr(text + at, '\n', length - at);

		if (!newline)
			break;
		at = (size_t)(newline - text) + 1;
		*ARRAY_ADD(arena, &index->starts) = (uint32_t)at;
	}
	return index;
}

/* Code points in the bytes from begin to end: all bytes but UTF-8 continuation
 * bytes that follow another non-ASCII byte. */
static uint32_t count_chars(struct str text, uint32_t begin, uint32_t end,
			    uint32_t line_start)
{
	uint32_t count = 0;

	for (uint32_t i = begin; i < end; i++) {
		bool continues = ((unsigned char)text.data[i] & 0xc0) == 0x80;

		if (!continues || i == line_start ||
		    (unsigned char)text.data[i - 1] < 0x80)
			count++;
	}
	return count;
}

/* Code points of a line before offset. */
static uint32_t chars_to(struct line_index *index, struct str text,
			 uint32_t line, uint32_t offset)
{
	uint32_t start = index->starts.items[line];

	if (index->counted_line != line || index->counted_offset > offset ||
	    index->counted_offset < start) {
		index->counted_line = line;
		index->counted_offset = start;
		index->counted_chars = 0;
	}
	index->counted_chars +=
		count_chars(text, index->counted_offset, offset, start);
	index->counted_offset = offset;
	return index->counted_chars;
}

struct source_position source_position(struct arena *arena,
				       struct source *source, uint32_t offset)
{
	struct line_index *index = line_index(arena, source);
	size_t low = 0, high = index->starts.count;

	while (high - low > 1) {
		size_t middle = low + (high - low) / 2;

		if (index->starts.items[middle] <= offset)
			low = middle;
		else
			high = middle;
	}
	uint32_t start = index->starts.items[low];

	return (struct source_position){
		.line = (uint32_t)low + 1,
		.column = offset - start + 1,
		.column_chars =
			chars_to(index, source->text, (uint32_t)low, offset) +
			1,
	};
}

struct str source_line(struct arena *arena, struct source *source,
		       uint32_t line)
{
	struct line_index *index = line_index(arena, source);
	struct str rest;

	if (line == 0 || line > index->starts.count)
		return STR("");
	rest = str_skip(source->text, index->starts.items[line - 1]);
	rest.length = str_find(rest, '\n');
	return rest;
}
