#include "number.h"

/* Text longer than this is a number out of range or padded with zeros; either
 * way it is no client option that nfs-utils could read. */
enum { TEXT_MAX = 1023 };

enum { HEX32_DIGITS = 8 };

/* A NUL-terminated copy; what a C string ends at its first NUL ends here. */
static void terminate(struct str text, char buffer[TEXT_MAX + 1])
{
	size_t length = text.length > TEXT_MAX ? TEXT_MAX : text.length;

	if (length)
		memcpy(buffer, text.data, length);
	buffer[length] = '\0';
}

bool number_strtol(struct str text, int64_t *value)
{
	char buffer[TEXT_MAX + 1], *end;

	terminate(text, buffer);
	*value = strtol(buffer, &end, 10);
	return text.length && *end == '\0';
}

bool number_strtoul(struct str text, uint64_t *value)
{
	char buffer[TEXT_MAX + 1], *end;

	terminate(text, buffer);
	*value = strtoul(buffer, &end, 0);
	return text.length && *end == '\0';
}

bool number_hex32(struct str text, uint32_t *value)
{
	*value = 0;
	if (!text.length || text.length > HEX32_DIGITS)
		return false;
	for (size_t i = 0; i < text.length; i++) {
		char c = ascii_lower(text.data[i]);
		uint32_t digit;

		if (ascii_is_digit(c))
			digit = (uint32_t)(c - '0');
		else if (c >= 'a' && c <= 'f')
			digit = (uint32_t)(c - 'a' + 10);
		else
			return false;
		*value = *value << 4 | digit;
	}
	return true;
}
