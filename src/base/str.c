#include "str.h"

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

int str_compare(struct str a, struct str b)
{
	size_t shorter = a.length < b.length ? a.length : b.length;
	int order = shorter ? memcmp(a.data, b.data, shorter) : 0;

	return order ? order : (a.length > b.length) - (a.length < b.length);
}

struct str str_trim(struct str s)
{
	while (s.length && is_blank(s.data[0]))
		s = str_skip(s, 1);
	while (s.length && is_blank(s.data[s.length - 1]))
		s.length--;
	return s;
}

bool str_equal_nocase(struct str a, struct str b)
{
	if (a.length != b.length)
		return false;
	for (size_t i = 0; i < a.length; i++)
		if (ascii_lower(a.data[i]) != ascii_lower(b.data[i]))
			return false;
	return true;
}
