#include "octal_text.h"

static bool is_octal(struct str text)
{
	if (text.length < 4 || text.data[0] != '\\')
		return false;
	for (size_t i = 1; i < 4; i++)
		if (text.data[i] < '0' || text.data[i] > '7')
			return false;
	return true;
}

struct str octal_text_decode(struct arena *arena, struct str text)
{
	size_t length = 0;
	char *copy;

	if (str_find(text, '\\') == text.length)
		return text;
	copy = arena_copy(arena, text.data, text.length);
	while (text.length) {
		if (is_octal(text)) {
			copy[length++] = (char)((text.data[1] - '0') * 64 +
						(text.data[2] - '0') * 8 +
						(text.data[3] - '0'));
			text = str_skip(text, 4);
		} else {
			copy[length++] = text.data[0];
			text = str_skip(text, 1);
		}
	}
	return (struct str){ copy, length };
}
