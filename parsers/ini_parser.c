#include "ini_parser.h"

struct parser {
	struct arena *arena;
	struct str text; /* backslash-newlines are blanks */
	struct ini_file *file;
	bool in_section;
};

/* What each problem is told as. */
static const struct {
	const char *message, *consequence;
} texts[] = {
	[INI_OPEN_BRACKET] = { "`[` without `]`",
			       "the lines up to the next section are ignored" },
	[INI_OPEN_ARGUMENT] = { "the quote after the section's name is not "
				"closed",
				"the section has no argument" },
	[INI_NO_SECTION] = { "no section is open here", "the line is ignored" },
	[INI_NO_ASSIGNMENT] = { "neither a section nor an assignment",
				"the line is ignored" },
	[INI_NO_KEY] = { "`=` without a name before it",
			 "the line is ignored" },
	[INI_OPEN_QUOTE] = { "the quote is not closed", "the line is ignored" },
	[INI_NO_VALUE] = { "nothing is assigned", "the line is ignored" },
	[INI_NO_NEWLINE] = { "the last line has no newline",
			     "nfs-utils ignores it" },
	[INI_NUL] = { "a NUL byte", "the rest of the file is ignored" },
};

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static bool is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* Continued lines as one, each byte in its place. */
static struct str join_lines(struct arena *arena, struct str text)
{
	char *copy = NULL;

	for (size_t i = 0; i + 1 < text.length; i++) {
		if (text.data[i] != '\\' || text.data[i + 1] != '\n')
			continue;
		if (!copy)
			copy = arena_copy(arena, text.data, text.length);
		copy[i] = copy[i + 1] = ' ';
	}
	return copy ? (struct str){ copy, text.length } : text;
}

static struct str view(const struct parser *parser, struct span span)
{
	return str_range(parser->text.data + span.begin,
			 parser->text.data + span.end);
}

static struct span trim(const struct parser *parser, struct span span)
{
	const char *data = parser->text.data;

	while (span.begin < span.end && is_blank(data[span.begin]))
		span.begin++;
	while (span.begin < span.end && is_blank(data[span.end - 1]))
		span.end--;
	return span;
}

/* The first of the bytes in span, or its end. */
static uint32_t find(const struct parser *parser, struct span span, char c)
{
	return span.begin + (uint32_t)str_find(view(parser, span), c);
}

static void complain(struct parser *parser, enum ini_problem problem,
		     struct span span)
{
	diag_add(parser->arena, &parser->file->diags,
		 (struct diag){
			 .kind = problem,
			 .span = span,
			 .message = texts[problem].message,
			 .consequence = texts[problem].consequence,
		 });
}

/* Cuts the argument off the inside of the brackets. */
static void read_argument(struct parser *parser, struct span *inside,
			  struct ini_section *section)
{
	uint32_t open = find(parser, *inside, '"');
	struct span argument = { open + 1, inside->end };

	if (open == inside->end)
		return;
	argument.end = find(parser, argument, '"');
	if (argument.end == inside->end)
		complain(parser, INI_OPEN_ARGUMENT,
			 (struct span){ open, inside->end });
	else
		section->argument = view(parser, argument);
	inside->end = open;
}

static void read_section(struct parser *parser, struct span line)
{
	uint32_t close = find(parser, line, ']');
	struct span inside = { line.begin + 1, close };
	struct ini_section section = { .span = { line.begin, close + 1 } };

	parser->in_section = close < line.end;
	if (!parser->in_section) {
		complain(parser, INI_OPEN_BRACKET, line);
		return;
	}
	read_argument(parser, &inside, &section);
	section.name = view(parser, trim(parser, inside));
	*ARRAY_ADD(parser->arena, &parser->file->sections) = section;
}

/* Makes of what follows "=" the value. False if a quote is open. */
static bool read_value(const struct parser *parser, struct span *value)
{
	const char *data = parser->text.data;
	char quote = '\0';
	uint32_t end;

	while (value->begin < value->end && is_blank(data[value->begin]))
		value->begin++;
	if (value->begin < value->end)
		quote = data[value->begin];
	if (quote == '"' || quote == '\'') {
		value->begin++;
		end = find(parser, *value, quote);
		if (end == value->end)
			return false;
		value->end = end;
		return true;
	}
	value->end = find(parser, *value, '#');
	value->end = find(parser, *value, ';');
	/* The first byte stays, even if it is a carriage return. */
	while (value->begin + 1 < value->end && is_space(data[value->end - 1]))
		value->end--;
	return true;
}

static void read_assignment(struct parser *parser, struct span line)
{
	uint32_t equals = find(parser, line, '=');
	struct ini_setting setting = {
		.section = (uint32_t)parser->file->sections.count - 1,
		.key_span = trim(parser, (struct span){ line.begin, equals }),
		.value_span = { equals + 1, line.end },
		.cut = line.end == parser->text.length,
	};

	if (equals == line.end) {
		complain(parser, INI_NO_ASSIGNMENT, line);
		return;
	}
	if (!parser->in_section) {
		complain(parser, INI_NO_SECTION, line);
		return;
	}
	if (setting.key_span.begin == setting.key_span.end) {
		complain(parser, INI_NO_KEY, line);
		return;
	}
	if (!read_value(parser, &setting.value_span)) {
		complain(parser, INI_OPEN_QUOTE, line);
		return;
	}
	setting.key = view(parser, setting.key_span);
	setting.value = view(parser, setting.value_span);
	if (!setting.value.length)
		complain(parser, INI_NO_VALUE, line);
	*ARRAY_ADD(parser->arena, &parser->file->settings) = setting;
}

static void read_line(struct parser *parser, struct span line)
{
	char first;

	while (line.begin < line.end && is_space(parser->text.data[line.begin]))
		line.begin++;
	if (line.begin == line.end)
		return;
	first = parser->text.data[line.begin];
	if (first == '#' || first == ';')
		return;
	if (first == '[')
		read_section(parser, line);
	else
		read_assignment(parser, line);
	if (line.end == parser->text.length)
		complain(parser, INI_NO_NEWLINE, line);
}

void ini_parse_inside(struct arena *arena, struct str text,
		      const struct ini_section *outer, struct ini_file *file)
{
	struct str used = { text.data, str_find(text, '\0') };
	struct parser parser = {
		.arena = arena,
		.text = join_lines(arena, used),
		.file = file,
		.in_section = outer,
	};
	struct span rest = { 0, (uint32_t)used.length };

	*file = (struct ini_file){ 0 };
	if (outer)
		*ARRAY_ADD(arena, &file->sections) = *outer;
	while (rest.begin < rest.end) {
		uint32_t end = find(&parser, rest, '\n');

		read_line(&parser, (struct span){ rest.begin, end });
		rest.begin = end + (end < rest.end);
	}
	if (used.length < text.length)
		complain(&parser, INI_NUL,
			 (struct span){ rest.end, rest.end + 1 });
}

void ini_parse(struct arena *arena, struct str text, struct ini_file *file)
{
	ini_parse_inside(arena, text, NULL, file);
}

const struct ini_setting *ini_find(const struct ini_file *file,
				   const char *section, const char *key)
{
	for (size_t i = file->settings.count; i--;) {
		const struct ini_setting *setting = &file->settings.items[i];
		const struct ini_section *in =
			&file->sections.items[setting->section];

		if (!setting->cut && setting->value.length &&
		    !in->argument.data &&
		    str_equal_nocase(in->name, str_of(section)) &&
		    str_equal_nocase(setting->key, str_of(key)))
			return setting;
	}
	return NULL;
}
