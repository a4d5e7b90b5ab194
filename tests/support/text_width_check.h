/* Is a report as wide as a mail may be? */
#ifndef TEXT_WIDTH_CHECK_H
#define TEXT_WIDTH_CHECK_H

#include <string.h>

/* Returns the first line that is wider than 78 columns of ASCII though it could
 * be broken, or NULL. */
static inline const char *text_width_check(const char *text)
{
	while (*text) {
		size_t length = strcspn(text, "\n");
		size_t indent = strspn(text, " ");

		if (length > 78 && memchr(text + indent, ' ', length - indent))
			return text;
		text += length + (text[length] == '\n');
	}
	return NULL;
}

#endif
