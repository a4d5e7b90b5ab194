#include "source_snippet.h"

#include "text_escape.h"

/* Bytes of a long line that are shown before and behind the begin of the
 * span. */
enum { BEFORE = 60, BEHIND = 100 };

/* The shown part of the line and where it begins in the source. */
struct window {
	struct str text;
	uint32_t begin;
	bool cut_before, cut_behind;
};

/* Tabs as single blanks: a tab's width depends on where the terminal begins. */
static struct str with_blanks(struct arena *arena, struct str text)
{
	char *copy = arena_copy(arena, text.data, text.length);

	for (size_t i = 0; i < text.length; i++)
		if (copy[i] == '\t')
			copy[i] = ' ';
	return (struct str){ copy, text.length };
}

static bool continues_character(char c)
{
	return ((unsigned char)c & 0xc0) == 0x80;
}

static struct window window_of(struct str line, uint32_t begin, uint32_t span)
{
	struct window window = { .text = line, .begin = begin };
	size_t at = span - begin;

	if (at > BEFORE && line.length > BEFORE + BEHIND) {
		size_t skip = at - BEFORE;

		while (skip < at && continues_character(line.data[skip]))
			skip++;
		window.text = str_skip(line, skip);
		window.begin += (uint32_t)skip;
		window.cut_before = true;
	}
	if (window.text.length > BEFORE + BEHIND) {
		size_t length = BEFORE + BEHIND;

		while (length && continues_character(window.text.data[length]))
			length--;
		window.text.length = length;
		window.cut_behind = true;
	}
	return window;
}

/* Columns of the window's bytes up to a source offset. */
static size_t columns_to(const struct window *window, uint32_t offset)
{
	size_t length = offset - window->begin;

	if (offset < window->begin)
		return 0;
	if (length > window->text.length)
		length = window->text.length;
	return text_width((struct str){ window->text.data, length });
}

static void mark(struct strbuf *marks, const struct window *window,
		 struct span span, char c)
{
	size_t begin = columns_to(window, span.begin);
	size_t end = columns_to(window, span.end);

	if (end <= begin)
		end = begin + 1;
	while (marks->length < end)
		strbuf_add_char(marks, ' ');
	memset(marks->data + begin, c, end - begin);
}

void source_snippet_print(FILE *out, struct arena *arena, struct source *source,
			  struct span span, struct span also)
{
	struct source_position at = source_position(arena, source, span.begin);
	struct str line = source_line(arena, source, at.line);
	uint32_t begin = span.begin - (at.column - 1);
	struct window window = window_of(line, begin, span.begin);
	struct strbuf marks = { 0 };

	if (!source->text.length)
		return;
	window.text = with_blanks(arena, window.text);
	if (also.begin < also.end && also.begin >= begin &&
	    also.end <= begin + line.length)
		mark(&marks, &window, also, '~');
	mark(&marks, &window, span, '^');
	fprintf(out, "%5u | %s", at.line, window.cut_before ? "..." : "");
	text_escape_write(out, window.text);
	fprintf(out, "%s\n      | %s%s\n", window.cut_behind ? "..." : "",
		window.cut_before ? "   " : "", marks.data);
	strbuf_free(&marks);
}
