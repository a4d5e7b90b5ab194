#include "accounts_parser.h"

static bool parse_id(struct str text, uint32_t *id)
{
	*id = 0;
	for (size_t i = 0; i < text.length; i++)
		if (!ascii_is_digit(text.data[i]) ||
		    __builtin_mul_overflow(*id, 10u, id) ||
		    __builtin_add_overflow(*id, (uint32_t)(text.data[i] - '0'),
					   id))
			return false;
	return text.length > 0;
}

/* The field before the next colon; line is moved behind that. False when
 * there is no colon. */
static bool next_field(struct str *line, struct str *field)
{
	size_t colon = str_find(*line, ':');

	if (colon == line->length)
		return false;
	*field = (struct str){ line->data, colon };
	*line = str_skip(*line, colon + 1);
	return true;
}

static bool parse_line(struct str line, struct account *account)
{
	struct str password, number;

	if (!next_field(&line, &account->name) ||
	    !next_field(&line, &password) || !next_field(&line, &number) ||
	    !account->name.length || strchr("#+-", account->name.data[0]) ||
	    !parse_id(number, &account->id))
		return false;
	account->rest = line;
	return true;
}

bool account_next(struct str *text, struct account *account)
{
	struct str line;

	while (str_take(text, '\n', &line))
		if (parse_line(line, account))
			return true;
	return false;
}

bool account_group(const struct account *user, uint32_t *gid)
{
	struct str rest = user->rest, field;

	return next_field(&rest, &field) && parse_id(field, gid);
}
