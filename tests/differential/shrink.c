#include "shrink.h"

/* Whether the text may be cut between two bytes. */
typedef bool (*cut_rule)(char before, char here);

struct search {
	struct strbuf *text;
	bool (*still_shown)(void *context);
	void *context;
};

static bool before_line(char before, char here)
{
	(void)here;
	return before == '\n';
}

static bool is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r') || c == '\0';
}

static bool before_word(char before, char here)
{
	return before == ',' || here == ',' || here == '(' || here == ')' ||
	       is_blank(before) != is_blank(here);
}

static bool before_byte(char before, char here)
{
	(void)before;
	(void)here;
	return true;
}

/* Removes the bytes from begin to end if the defect stays. */
static bool try_without(struct search *search, size_t begin, size_t end)
{
	struct strbuf *text = search->text;
	struct strbuf old = { 0 };

	strbuf_add(&old, strbuf_str(text));
	memmove(text->data + begin, text->data + end, text->length - end + 1);
	text->length -= end - begin;
	if (search->still_shown(search->context)) {
		strbuf_free(&old);
		return true;
	}
	strbuf_clear(text);
	strbuf_add(text, strbuf_str(&old));
	strbuf_free(&old);
	return false;
}

/* The end of the piece that begins at offset. */
static size_t piece_end(struct str text, size_t offset, cut_rule is_cut)
{
	size_t end = offset + 1;

	while (end < text.length && !is_cut(text.data[end - 1], text.data[end]))
		end++;
	return end;
}

static size_t count_pieces(struct str text, cut_rule is_cut)
{
	size_t count = 0;

	for (size_t at = 0; at < text.length; count++)
		at = piece_end(text, at, is_cut);
	return count;
}

/* Goes over the text once, trying to remove each run of count pieces. */
static bool sweep(struct search *search, size_t count, cut_rule is_cut)
{
	bool removed = false;
	size_t begin = 0;

	while (begin < search->text->length) {
		size_t end = begin;

		for (size_t i = 0; i < count && end < search->text->length; i++)
			end = piece_end(strbuf_str(search->text), end, is_cut);
		if (try_without(search, begin, end))
			removed = true;
		else
			begin = end;
	}
	return removed;
}

static void shrink_by(struct search *search, cut_rule is_cut)
{
	size_t count = count_pieces(strbuf_str(search->text), is_cut);

	for (; count > 1; count = (count + 1) / 2)
		sweep(search, count, is_cut);
	while (sweep(search, 1, is_cut))
		;
}

void shrink(struct strbuf *text, bool (*still_shown)(void *context),
	    void *context)
{
	struct search search = { text, still_shown, context };
	size_t before;

	do {
		before = text->length;
		shrink_by(&search, before_line);
		shrink_by(&search, before_word);
		shrink_by(&search, before_byte);
	} while (text->length < before);
}
