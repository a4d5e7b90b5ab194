/* A view of bytes that belong to somebody else; not NUL-terminated. */
#ifndef STR_H
#define STR_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct str {
	const char *data; /* NULL: absent, which differs from empty */
	size_t length;
};

/* A view of a string literal. */
#define STR(literal) ((struct str){ "" literal, sizeof(literal) - 1 })

/* Arguments for printf's %.*s. */
#define STR_ARG(s) (int)(s).length, (s).data ? (s).data : ""

static inline struct str str_of(const char *text)
{
	return (struct str){ text, text ? strlen(text) : 0 };
}

static inline struct str str_range(const char *begin, const char *end)
{
	return (struct str){ begin, (size_t)(end - begin) };
}

static inline bool str_equal(struct str a, struct str b)
{
	return a.length == b.length &&
	       (a.length == 0 || memcmp(a.data, b.data, a.length) == 0);
}

static inline bool str_is(struct str s, const char *text)
{
	return str_equal(s, str_of(text));
}

static inline bool str_starts(struct str s, struct str prefix)
{
	return s.length >= prefix.length &&
	       memcmp(s.data, prefix.data, prefix.length) == 0;
}

/* Less than, equal to or greater than 0, by bytes as strcmp(3) has it: a text
 * comes before those that it begins. */
int str_compare(struct str a, struct str b);

/* The rest of s behind its first count bytes (count at most s.length). */
static inline struct str str_skip(struct str s, size_t count)
{
	return (struct str){ s.data ? s.data + count : NULL, s.length - count };
}

/* Index of the first byte c, or s.length. */
static inline size_t str_find(struct str s, char c)
{
	const char *found = s.length ? memchr(s.data, c, s.length) : NULL;

	return found ? (size_t)(found - s.data) : s.length;
}

/* Takes the text up to the first byte c, which is taken too, off the front of
 * text; all of it where there is none. False if text is empty. */
static inline bool str_take(struct str *text, char c, struct str *taken)
{
	*taken = (struct str){ text->data, str_find(*text, c) };
	if (!text->length)
		return false;
	*text = str_skip(*text, taken->length);
	if (text->length)
		*text = str_skip(*text, 1);
	return true;
}

/* Without blanks, tabs and carriage returns at both ends. */
struct str str_trim(struct str s);

/* ASCII only, whatever the locale. */
static inline char ascii_lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static inline bool ascii_is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Equal but for the case of ASCII letters. */
bool str_equal_nocase(struct str a, struct str b);

#endif
