#include "text_edit.h"

bool text_edits_meet(const struct text_edit *a, const struct text_edit *b)
{
	if (a->span.begin == b->span.begin)
		return true;
	return a->span.begin < b->span.end && b->span.begin < a->span.end;
}

void text_edits_apply(struct str text, const struct text_edit *edits,
		      size_t count, struct strbuf *out)
{
	uint32_t done = 0;

	for (size_t i = 0; i < count; i++) {
		struct span span = edits[i].span;

		strbuf_add(out,
			   str_range(text.data + done, text.data + span.begin));
		strbuf_add_text(out, edits[i].text);
		done = span.end;
	}
	strbuf_add(out, str_skip(text, done));
}
