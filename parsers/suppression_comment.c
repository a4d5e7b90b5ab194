#include "suppression_comment.h"

#define PREFIX "exportctl:"

struct reader {
	struct arena *arena;
	struct str text; /* the comment */
	uint32_t at;
	struct suppression_comment *parsed;
	bool seen_until, seen_reason;
};

/* key=value, without the quotes. */
struct assignment {
	struct str key, value;
	struct span span, value_span;
};

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

static uint32_t skip_blanks(struct str text, uint32_t at)
{
	while (at < text.length && is_blank(text.data[at]))
		at++;
	return at;
}

bool suppression_comment_is(struct str comment)
{
	return comment.length &&
	       str_starts(str_skip(comment, skip_blanks(comment, 1)),
			  STR(PREFIX));
}

static bool fail(struct reader *reader, struct span span, const char *error)
{
	reader->parsed->error = error;
	reader->parsed->error_span = span;
	return false;
}

static struct str view(const struct reader *reader, struct span span)
{
	return str_range(reader->text.data + span.begin,
			 reader->text.data + span.end);
}

/* The value from reader->at on. */
static bool read_value(struct reader *reader, struct assignment *assignment)
{
	struct str rest = str_skip(reader->text, reader->at);
	struct span span = { reader->at, reader->at };

	if (rest.length && rest.data[0] == '"') {
		size_t length = str_find(str_skip(rest, 1), '"');

		if (length == rest.length - 1)
			return fail(reader,
				    (struct span){ reader->at, reader->at + 1 },
				    "the quote is not closed");
		span.begin++;
		span.end = span.begin + (uint32_t)length;
		reader->at = span.end + 1;
	} else {
		while (span.end < reader->text.length &&
		       !is_blank(reader->text.data[span.end]))
			span.end++;
		reader->at = span.end;
	}
	assignment->value_span = span;
	assignment->value = view(reader, span);
	return true;
}

static bool read_assignment(struct reader *reader,
			    struct assignment *assignment)
{
	struct span key = { reader->at, reader->at };

	while (key.end < reader->text.length &&
	       !is_blank(reader->text.data[key.end]) &&
	       reader->text.data[key.end] != '=')
		key.end++;
	assignment->key = view(reader, key);
	if (key.end == reader->text.length || reader->text.data[key.end] != '=')
		return fail(reader, key, "`=` is missing behind this word");
	reader->at = key.end + 1;
	if (!read_value(reader, assignment))
		return false;
	assignment->span = (struct span){ key.begin, reader->at };
	return true;
}

static bool take_rules(struct reader *reader,
		       const struct assignment *assignment)
{
	struct suppression_comment *parsed = reader->parsed;
	struct span name = assignment->value_span;

	if (parsed->rules.count)
		return fail(reader, assignment->span,
			    "the rules are named twice");
	parsed->file = str_is(assignment->key, "ignore-file");
	for (;;) {
		struct str rest = str_range(reader->text.data + name.begin,
					    reader->text.data +
						    assignment->value_span.end);

		name.end = name.begin + (uint32_t)str_find(rest, ',');
		if (name.begin == name.end)
			return fail(reader, assignment->span,
				    "the name of a rule is missing");
		*ARRAY_ADD(reader->arena, &parsed->rules) =
			(struct suppressed_rule){ view(reader, name), name };
		if (name.end == assignment->value_span.end)
			return true;
		name.begin = name.end + 1;
	}
}

static bool take_until(struct reader *reader,
		       const struct assignment *assignment)
{
	if (reader->seen_until)
		return fail(reader, assignment->span, "until= comes twice");
	reader->seen_until = true;
	return calendar_date_parse(assignment->value, &reader->parsed->until) ||
	       fail(reader, assignment->value_span,
		    "this is not a day; write it as 2027-01-31");
}

static bool take_reason(struct reader *reader,
			const struct assignment *assignment)
{
	if (reader->seen_reason)
		return fail(reader, assignment->span, "reason= comes twice");
	reader->seen_reason = true;
	reader->parsed->reason = assignment->value;
	return true;
}

static const struct {
	const char *key;
	bool (*take)(struct reader *reader,
		     const struct assignment *assignment);
} keys[] = {
	{ "ignore", take_rules },
	{ "ignore-file", take_rules },
	{ "until", take_until },
	{ "reason", take_reason },
};

static bool take(struct reader *reader, const struct assignment *assignment)
{
	for (size_t i = 0; i < sizeof(keys) / sizeof(*keys); i++)
		if (str_is(assignment->key, keys[i].key))
			return keys[i].take(reader, assignment);
	return fail(reader, assignment->span,
		    "this is none of ignore=, ignore-file=, until= and "
		    "reason=");
}

void suppression_comment_parse(struct arena *arena, struct str comment,
			       struct suppression_comment *parsed)
{
	struct reader reader = {
		.arena = arena,
		.text = comment,
		.parsed = parsed,
	};

	*parsed = (struct suppression_comment){ 0 };
	reader.at = skip_blanks(comment, 1) + (uint32_t)strlen(PREFIX);
	while ((reader.at = skip_blanks(comment, reader.at)) < comment.length) {
		struct assignment assignment;

		if (!read_assignment(&reader, &assignment) ||
		    !take(&reader, &assignment))
			return;
	}
	if (!parsed->rules.count)
		fail(&reader, (struct span){ 0, (uint32_t)comment.length },
		     "ignore= or ignore-file= is missing");
}
