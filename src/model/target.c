#include "target.h"

#include <inttypes.h>

enum { PARTS = 3, PART_MAX = 999 };

/* The digits at *at as a number; what is larger than PART_MAX becomes that. */
static bool parse_part(struct str text, size_t *at, uint32_t *part)
{
	size_t begin = *at;

	*part = 0;
	for (; *at < text.length && ascii_is_digit(text.data[*at]); ++*at) {
		*part = *part * 10 + (uint32_t)(text.data[*at] - '0');
		if (*part > PART_MAX)
			*part = PART_MAX;
	}
	return *at > begin;
}

bool version_parse(struct str text, version_number *version)
{
	uint32_t parts[PARTS] = { 0 };
	size_t at = 0;

	*version = 0;
	for (unsigned i = 0; i < PARTS; i++) {
		if (i && (at == text.length || text.data[at++] != '.'))
			break;
		if (!parse_part(text, &at, &parts[i])) {
			if (i == 0)
				return false;
			break;
		}
	}
	*version = VERSION_NUMBER(parts[0], parts[1], parts[2]);
	return true;
}

const char *version_text(version_number version, char text[VERSION_TEXT])
{
	version_number major = version / 1000000, minor = version / 1000 % 1000,
		       third = version % 1000;
	int length = snprintf(text, VERSION_TEXT, "%" PRIu32 ".%" PRIu32, major,
			      minor);

	if (third)
		snprintf(text + length, VERSION_TEXT - (size_t)length,
			 ".%" PRIu32, third);
	return text;
}

static version_number *part_of(struct target *target, struct str name)
{
	if (str_is(name, "nfs-utils"))
		return &target->nfs_utils;
	if (str_is(name, "kernel"))
		return &target->kernel;
	return NULL;
}

static bool parse_assignment(struct str text, struct target *target,
			     struct failure *failure)
{
	size_t equals = str_find(text, '=');
	struct str name = { text.data, equals };
	version_number *part = part_of(target, name), version;

	if (!part)
		return failure_set(failure,
				   "unknown target '%.*s' (nfs-utils=VERSION "
				   "and kernel=VERSION are known)",
				   STR_ARG(name));
	if (equals == text.length)
		return failure_set(failure, "target %.*s lacks =VERSION",
				   STR_ARG(name));
	text = str_skip(text, equals + 1);
	if (!version_parse(text, &version) || !version)
		return failure_set(failure, "'%.*s' is not a version of %.*s",
				   STR_ARG(text), STR_ARG(name));
	*part = version;
	return true;
}

bool target_parse(const char *text, struct target *target,
		  struct failure *failure)
{
	struct target parsed = *target;
	struct str rest = str_of(text);

	for (;;) {
		struct str part = { rest.data, str_find(rest, ',') };

		if (!parse_assignment(part, &parsed, failure))
			return false;
		if (part.length == rest.length)
			break;
		rest = str_skip(rest, part.length + 1);
	}
	*target = parsed;
	return true;
}
