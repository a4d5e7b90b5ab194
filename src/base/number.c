#include "number.h"

/* Text longer than this is a number out of range or padded with zeros; either
 * way it is no client option that nfs-utils could read. */
enum { TEXT_MAX = 1023 };

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
