#include "keytab_parser.h"

#include <stdint.h>

static uint32_t read_number(struct str bytes, size_t count)
{
	uint32_t number = 0;

	for (size_t i = 0; i < count; i++)
		number = number << 8 | (unsigned char)bytes.data[i];
	return number;
}

/* Cuts a number of count bytes off bytes; false if there are fewer. */
static bool take_number(struct str *bytes, size_t count, uint32_t *number)
{
	if (bytes->length < count)
		return false;
	*number = read_number(*bytes, count);
	*bytes = str_skip(*bytes, count);
	return true;
}

/* A length of two bytes, and as many bytes. */
static bool take_text(struct str *bytes, struct str *text)
{
	uint32_t length;

	if (!take_number(bytes, 2, &length) || length > bytes->length)
		return false;
	*text = (struct str){ bytes->data, length };
	*bytes = str_skip(*bytes, length);
	return true;
}

/* An entry begins with the number of components, the realm, and these. */
static bool is_for(struct str entry, const char *service)
{
	struct str realm, first;
	uint32_t components;

	return take_number(&entry, 2, &components) && components >= 2 &&
	       take_text(&entry, &realm) && take_text(&entry, &first) &&
	       str_is(first, service);
}

bool keytab_has_service(struct str keytab, const char *service)
{
	uint32_t length;

	if (!str_starts(keytab, STR("\5\2")))
		return true;
	keytab = str_skip(keytab, 2);
	while (take_number(&keytab, 4, &length)) {
		bool is_hole = (int32_t)length < 0;

		if (is_hole)
			length = 0 - length;
		if (length > keytab.length)
			break;
		if (!is_hole &&
		    is_for((struct str){ keytab.data, length }, service))
			return true;
		keytab = str_skip(keytab, length);
	}
	return false;
}
