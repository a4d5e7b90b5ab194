#include "mountinfo_parser.h"

#include "octal_text.h"

/* The fields before the optional ones and behind the "-". */
enum { ID, PARENT, DEVICE, ROOT, POINT, OPTIONS, FIXED_FIELDS };
enum { TYPE, SOURCE, SUPER_OPTIONS, LAST_FIELDS };

static bool next_field(struct str *line, struct str *field)
{
	return str_take(line, ' ', field) && field->length;
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
	mount->root = octal_text_decode(arena, fixed[ROOT]);
	mount->point = octal_text_decode(arena, fixed[POINT]);
	mount->options = fixed[OPTIONS];
	mount->type = octal_text_decode(arena, last[TYPE]);
	mount->source = octal_text_decode(arena, last[SOURCE]);
	mount->super_options = last[SUPER_OPTIONS];
	return last[TYPE].length != 0;
}

void mountinfo_parse(struct arena *arena, struct str text,
		     struct mountinfo *mounts)
{
	struct mountinfo_mount mount;
	struct str line;

	*mounts = (struct mountinfo){ 0 };
	while (str_take(&text, '\n', &line))
		if (parse_line(arena, line, &mount))
			*ARRAY_ADD(arena, &mounts->list) = mount;
}

bool mountinfo_has_option(struct str options, const char *option)
{
	struct str word;

	while (str_take(&options, ',', &word))
		if (str_is(word, option))
			return true;
	return false;
}
