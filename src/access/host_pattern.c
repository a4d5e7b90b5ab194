#include "host_pattern.h"

static bool same_letter(char a, char b)
{
	return ascii_lower(a) == ascii_lower(b);
}

/* Reads the class behind a "[" at *at, which is moved to its last byte. */
static bool in_class(struct str pattern, size_t *at, char c)
{
	size_t i = *at + 1;
	bool negated = i < pattern.length && pattern.data[i] == '^';
	bool found = false;
	char last;

	i += negated;
	if (i < pattern.length &&
	    (pattern.data[i] == ']' || pattern.data[i] == '-')) {
		found = same_letter(pattern.data[i], c);
		i++;
	}
	last = pattern.data[i - 1];
	for (; i < pattern.length && pattern.data[i] != ']'; i++) {
		if (pattern.data[i] == '-' && i + 1 < pattern.length &&
		    pattern.data[i + 1] != ']')
			found |= c <= pattern.data[++i] && c >= last;
		else
			found |= same_letter(pattern.data[i], c);
		last = pattern.data[i];
	}
	*at = i;
	return found != negated;
}

/* Does the pattern at *at, which is no star, take c? *at moves behind it. */
static bool take(struct str pattern, size_t *at, char c)
{
	bool matches;

	if (pattern.data[*at] == '?')
		matches = true;
	else if (pattern.data[*at] == '[')
		matches = in_class(pattern, at, c);
	else if (pattern.data[*at] == '\\' && *at + 1 < pattern.length)
		matches = same_letter(pattern.data[++*at], c);
	else
		matches = same_letter(pattern.data[*at], c);
	++*at;
	return matches;
}

bool host_pattern_matches(struct str pattern, struct str name)
{
	size_t i = 0, k = 0, star = SIZE_MAX, back = 0;

	while (k < name.length) {
		if (i < pattern.length && pattern.data[i] == '*') {
			star = i++;
			back = k;
			continue;
		}
		if (i < pattern.length && take(pattern, &i, name.data[k])) {
			k++;
			continue;
		}
		if (star == SIZE_MAX)
			return false;
		i = star + 1;
		k = ++back;
	}
	while (i < pattern.length && pattern.data[i] == '*')
		i++;
	return i >= pattern.length;
}

static bool has_any(struct str pattern, const char *bytes)
{
	for (size_t i = 0; i < pattern.length; i++)
		if (strchr(bytes, pattern.data[i]))
			return true;
	return false;
}

bool host_pattern_covers(struct str outer, struct str inner)
{
	/* where only stars of outer take the stars and marks of inner, they
	 * take whatever stands for these */
	return !has_any(outer, "?[\\") && !has_any(inner, "[\\") &&
	       host_pattern_matches(outer, inner);
}

struct str host_pattern_suffix(struct str pattern)
{
	size_t begin = pattern.length;

	while (begin && !strchr("*?[]\\", pattern.data[begin - 1]))
		begin--;
	while (begin < pattern.length && pattern.data[begin] != '.')
		begin++;
	return str_skip(pattern, begin);
}

bool host_pattern_is_bracketed(struct str pattern)
{
	struct str inner = pattern;

	if (!str_starts(pattern, STR("[")))
		return false;
	inner.length = str_find(pattern, ']');
	return str_find(inner, ':') < inner.length;
}

static bool is_hex_letter(char c)
{
	return ascii_lower(c) >= 'a' && ascii_lower(c) <= 'f';
}

bool host_pattern_is_for_addresses(struct str pattern)
{
	bool v6 = str_find(pattern, ':') < pattern.length;
	bool digit = false;

	if (host_pattern_is_bracketed(pattern))
		return false;
	for (size_t i = 0; i < pattern.length; i++) {
		char c = pattern.data[i];

		if (ascii_is_digit(c) || (v6 && is_hex_letter(c)))
			digit = true;
		else if (!c || !strchr(v6 ? ":*?[]-^!/" : ".*?[]-^!/", c))
			return false;
	}
	return digit;
}

bool host_pattern_fits_no_name(struct str pattern)
{
	return host_pattern_is_for_addresses(pattern) && has_any(pattern, ".:");
}
