#include "fstab_parser.h"

enum { FIELDS = 4 };

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

static bool is_octal(char c)
{
	return c >= '0' && c <= '7';
}

static bool is_escape(struct str field, size_t i)
{
	return i + 3 < field.length && field.data[i] == '\\' &&
	       is_octal(field.data[i + 1]) && is_octal(field.data[i + 2]) &&
	       is_octal(field.data[i + 3]);
}

static struct str decode(struct arena *arena, struct str field)
{
	size_t length = 0;
	char *copy;

	if (str_find(field, '\\') == field.length)
		return field;
	copy = arena_copy(arena, field.data, field.length);
	for (size_t i = 0; i < field.length; i++) {
		if (!is_escape(field, i)) {
			copy[length++] = field.data[i];
			continue;
		}
		copy[length++] = (char)((field.data[i + 1] - '0') * 64 +
					(field.data[i + 2] - '0') * 8 +
					field.data[i + 3] - '0');
		i += 3;
	}
	return (struct str){ copy, length };
}

/* Cuts the next field off line; false if there is none. */
static bool next_field(struct str text, struct span *line, struct span *field)
{
	while (line->begin < line->end && is_blank(text.data[line->begin]))
		line->begin++;
	*field = (struct span){ line->begin, line->begin };
	while (field->end < line->end && !is_blank(text.data[field->end]))
		field->end++;
	line->begin = field->end;
	return field->begin < field->end && text.data[field->begin] != '#';
}

static void read_line(struct arena *arena, struct str text, struct span line,
		      struct fstab *fstab)
{
	struct fstab_entry entry = { .options = STR("") };
	struct str *const values[FIELDS] = { &entry.device, &entry.folder,
					     &entry.type, &entry.options };
	struct span field;
	int count = 0;

	while (count < FIELDS && next_field(text, &line, &field)) {
		*values[count] =
			decode(arena, str_range(text.data + field.begin,
						text.data + field.end));
		if (!count)
			entry.span.begin = field.begin;
		entry.span.end = field.end;
		if (++count == FIELDS)
			entry.options_span = field;
	}
	if (count < FIELDS)
		entry.options_span = entry.span;
	if (count >= FIELDS - 1)
		*ARRAY_ADD(arena, &fstab->entries) = entry;
}

void fstab_parse(struct arena *arena, struct str text, struct fstab *fstab)
{
	struct str rest = text;

	*fstab = (struct fstab){ 0 };
	while (rest.length) {
		uint32_t begin = (uint32_t)(rest.data - text.data);
		size_t length = str_find(rest, '\n');

		read_line(arena, text,
			  (struct span){ begin, begin + (uint32_t)length },
			  fstab);
		rest = str_skip(rest, length + (length < rest.length));
	}
}

bool fstab_option(struct str options, const char *word, struct str *value)
{
	while (options.length) {
		struct str option = { options.data, str_find(options, ',') };
		size_t name = str_find(option, '=');

		if (str_is((struct str){ option.data, name }, word)) {
			if (value)
				*value = str_skip(
					option, name + (name < option.length));
			return true;
		}
		options = str_skip(options, option.length + (option.length <
							     options.length));
	}
	return false;
}
