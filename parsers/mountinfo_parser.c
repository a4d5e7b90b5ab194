#include "mountinfo_parser.h"

/* The fields before the optional ones and behind the "-". */
enum { ID, PARENT, DEVICE, ROOT, POINT, OPTIONS, FIXED_FIELDS };
enum { TYPE, SOURCE, SUPER_OPTIONS, LAST_FIELDS };

static bool next_field(struct str *line, struct str *field)
{
	field->data = line->data;
	field->length = str_find(*line, ' ');
	*line = str_skip(*line, field->length);
	if (line->length)
		*line = str_skip(*line, 1);
	return field->length != 0;
}

static bool is_octal(struct str text)
{
	if (text.length < 4 || text.data[0] != '\\')
		return false;
	for (size_t i = 1; i < 4; i++)
		if (text.data[i] < '0' || text.data[i] > '7')
			return false;
	return true;
}

static struct str decode(struct arena *arena, struct str text)
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

static bool parse_number(struct str text, uint32_t *number)
{
	*number = 0;
	for (size_t i = 0; i < text.length; i++) {
		if (!ascii_is_digit(text.data[i]) || *number > UINT32_MAX / 10)
			return false;
		*number = *number * 10 + (uint32_t)(text.data[i] - '0');
	}
	return text.length != 0;
}

static bool parse_device(struct str text, struct mountinfo_mount *mount)
{
	size_t colon = str_find(text, ':');

	return colon < text.length &&
	       parse_number((struct str){ text.data, colon }, &mount->major) &&
	       parse_number(str_skip(text, colon + 1), &mount->minor);
}

/* Skips optional fields up to the "-" behind them. */
static bool skip_optional(struct str *line)
{
	struct str field;

	while (next_field(line, &field))
		if (str_is(field, "-"))
			return true;
	return false;
}

static bool parse_line(struct arena *arena, struct str line,
		       struct mountinfo_mount *mount)
{
	struct str fixed[FIXED_FIELDS], last[LAST_FIELDS];

	for (int i = 0; i < FIXED_FIELDS; i++)
		if (!next_field(&line, &fixed[i]))
			return false;
	if (!parse_device(fixed[DEVICE], mount) || !skip_optional(&line))
		return false;
	for (int i = 0; i < LAST_FIELDS; i++)
		(void)next_field(&line, &last[i]);
	mount->root = decode(arena, fixed[ROOT]);
	mount->point = decode(arena, fixed[POINT]);
	mount->options = fixed[OPTIONS];
	mount->type = decode(arena, last[TYPE]);
	mount->source = decode(arena, last[SOURCE]);
	mount->super_options = last[SUPER_OPTIONS];
	return last[TYPE].length != 0;
}

void mountinfo_parse(struct arena *arena, struct str text,
		     struct mountinfo *mounts)
{
	*mounts = (struct mountinfo){ 0 };
	while (text.length) {
		struct str line = { text.data, str_find(text, '\n') };
		struct mountinfo_mount mount;

		if (parse_line(arena, line, &mount))
			*ARRAY_ADD(arena, &mounts->list) = mount;
		text = str_skip(text, line.length);
		if (text.length)
			text = str_skip(text, 1);
	}
}

bool mountinfo_has_option(struct str options, const char *option)
{
	while (options.length) {
		struct str word = { options.data, str_find(options, ',') };

		if (str_is(word, option))
			return true;
		options = str_skip(options, word.length);
		if (options.length)
			options = str_skip(options, 1);
	}
	return false;
}
