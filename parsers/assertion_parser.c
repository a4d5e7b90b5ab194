#include "assertion_parser.h"

#include "number.h"
#include "octal_text.h"

struct parser {
	struct arena *arena;
	const struct source *source;
	struct assertions *assertions;
	struct str rest; /* of the line */
};

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

static struct str peek(const struct parser *parser)
{
	struct str rest = parser->rest, word;

	while (rest.length && is_blank(rest.data[0]))
		rest = str_skip(rest, 1);
	word = (struct str){ rest.data, 0 };
	while (word.length < rest.length && !is_blank(rest.data[word.length]))
		word.length++;
	return word;
}

static struct str take(struct parser *parser)
{
	struct str word = peek(parser);
	const char *end = parser->rest.data + parser->rest.length;

	parser->rest = str_range(word.data + word.length, end);
	return word;
}

static size_t words_left(const struct parser *parser)
{
	struct parser ahead = *parser;
	size_t count = 0;

	while (take(&ahead).length)
		count++;
	return count;
}

static bool complain(struct parser *parser, struct str word,
		     const char *message)
{
	uint32_t begin = (uint32_t)(word.data - parser->source->text.data);

	diag_add(parser->arena, &parser->assertions->diags,
		 (struct diag){
			 .span = { begin, begin + (uint32_t)word.length },
			 .message = message,
			 .consequence = "the line is not tested",
		 });
	return false;
}

static bool take_verb(struct parser *parser, struct assertion *assertion)
{
	static const char *const verbs[ASSERT_VERBS] = {
		[ASSERT_ALLOW] = "allow",
		[ASSERT_DENY] = "deny",
		[ASSERT_EXPECT] = "expect",
	};
	struct str word = take(parser);

	for (int i = 0; i < ASSERT_VERBS; i++)
		if (str_is(word, verbs[i])) {
			assertion->verb = (enum assertion_verb)i;
			return true;
		}
	return complain(parser, word,
			"a line begins with allow, deny or expect");
}

static void take_right(struct parser *parser, struct assertion *assertion)
{
	static const char *const rights[ASSERT_RIGHTS] = {
		[ASSERT_READ] = "read",	    [ASSERT_WRITE] = "write",
		[ASSERT_ROOT] = "root",	    [ASSERT_READ_ONLY] = "ro",
		[ASSERT_READ_WRITE] = "rw", [ASSERT_MOUNT] = "mount",
	};
	struct str word = peek(parser);

	assertion->right = ASSERT_READ;
	for (int i = 0; i < ASSERT_RIGHTS; i++)
		if (str_is(word, rights[i]) && words_left(parser) >= 3) {
			assertion->right = (enum assertion_right)i;
			take(parser);
			return;
		}
}

static bool take_value(struct str word, const char *key, struct str *value)
{
	if (!str_starts(word, str_of(key)))
		return false;
	*value = str_skip(word, strlen(key));
	return true;
}

static bool take_settings(struct parser *parser, struct assertion *assertion)
{
	for (;;) {
		struct str word = peek(parser), port = { 0 };
		int64_t number;

		if (!take_value(word, "name=", &assertion->name) &&
		    !take_value(word, "sec=", &assertion->sec) &&
		    !take_value(word, "port=", &port))
			return true;
		take(parser);
		if (word.data[word.length - 1] == '=')
			return complain(parser, word,
					"something has to follow the =");
		if (!port.data)
			continue;
		if (!number_strtol(port, &number) || number < 1 ||
		    number > UINT16_MAX)
			return complain(parser, word,
					"a port is a number from 1 to 65535");
		assertion->port = (uint16_t)number;
	}
}

static bool decode_path(struct parser *parser, struct assertion *assertion)
{
	struct str path = octal_text_decode(parser->arena, assertion->path);

	if (memchr(path.data, '\0', path.length))
		return complain(parser, assertion->path,
				"no path has a NUL byte");
	assertion->path = path;
	return true;
}

static bool parse_line(struct parser *parser, struct assertion *assertion)
{
	struct str extra;

	if (!take_verb(parser, assertion))
		return false;
	take_right(parser, assertion);
	if (!take_settings(parser, assertion))
		return false;
	assertion->client = take(parser);
	assertion->path = take(parser);
	extra = peek(parser);
	if (!assertion->path.length)
		return complain(parser, extra,
				"a client and a path are wanted");
	if (extra.length)
		return complain(parser, extra, "nothing may follow the path");
	if (assertion->path.data[0] != '/')
		return complain(parser, assertion->path,
				"a path begins with a slash");
	return decode_path(parser, assertion);
}

static struct span trimmed(const struct source *source, struct str line)
{
	uint32_t begin;

	while (line.length && is_blank(line.data[line.length - 1]))
		line.length--;
	while (line.length && is_blank(line.data[0]))
		line = str_skip(line, 1);
	begin = (uint32_t)(line.data - source->text.data);
	return (struct span){ begin, begin + (uint32_t)line.length };
}

void assertions_parse(struct arena *arena, const struct source *source,
		      struct assertions *assertions)
{
	struct str text = source->text, line;

	*assertions = (struct assertions){ 0 };
	while (str_take(&text, '\n', &line)) {
		struct parser parser = {
			.arena = arena,
			.source = source,
			.assertions = assertions,
		};
		struct assertion assertion = { 0 };

		line.length = str_find(line, '#');
		parser.rest = line;
		if (!peek(&parser).length)
			continue;
		assertion.span = trimmed(source, line);
		if (parse_line(&parser, &assertion))
			*ARRAY_ADD(arena, &assertions->list) = assertion;
	}
}
