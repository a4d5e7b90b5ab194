#include "nsswitch_parser.h"

static bool is_blank(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static void skip_blanks(struct str *text)
{
	while (text->length && is_blank(text->data[0]))
		*text = str_skip(*text, 1);
}

/* Takes bytes up to a blank, or one of the two that end a word. */
static struct str take_word(struct str *text, char end)
{
	struct str word = { text->data, 0 };

	while (word.length < text->length && text->data[word.length] != end &&
	       !is_blank(text->data[word.length]))
		word.length++;
	*text = str_skip(*text, word.length);
	return word;
}

struct str nsswitch_find(struct str text, const char *database)
{
	struct str found = { 0 }, line;

	while (str_take(&text, '\n', &line)) {
		struct str rest = { line.data, str_find(line, '#') }, name;

		skip_blanks(&rest);
		name = take_word(&rest, ':');
		if (rest.length && str_is(name, database))
			found = str_skip(rest, 1);
	}
	return found;
}

bool nsswitch_next(struct str *services, struct str *service)
{
	skip_blanks(services);
	if (!services->length)
		return false;
	if (services->data[0] != '[') {
		*service = take_word(services, '[');
		return true;
	}
	*service = (struct str){ services->data, str_find(*services, ']') };
	service->length += service->length < services->length;
	*services = str_skip(*services, service->length);
	return true;
}
