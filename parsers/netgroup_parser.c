#include "netgroup_parser.h"

/* As isspace(3) in the C locale. */
static bool is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

static void skip_spaces(struct str *text)
{
	while (text->length && is_space(text->data[0]))
		*text = str_skip(*text, 1);
}

/* The next word of text, which is moved behind it; empty at the end. */
static struct str next_word(struct str *text)
{
	struct str word;

	skip_spaces(text);
	word = (struct str){ text->data, 0 };
	while (word.length < text->length && !is_space(word.data[word.length]))
		word.length++;
	*text = str_skip(*text, word.length);
	return word;
}

/* The bytes before the next `end`, and of these the first word; text is moved
 * behind the end. False when there is none. */
static bool next_field(struct str *text, char end, struct str *field)
{
	size_t length = str_find(*text, end);
	struct str inside = { text->data, length };

	if (length == text->length)
		return false;
	*field = next_word(&inside);
	*text = str_skip(*text, length + 1);
	return true;
}

static bool next_triple(struct str *text, struct netgroup_triple *triple)
{
	*text = str_skip(*text, 1);
	return next_field(text, ',', &triple->host) &&
	       next_field(text, ',', &triple->user) &&
	       next_field(text, ')', &triple->domain);
}

static void parse_members(struct arena *arena, struct str members,
			  struct netgroups *groups, struct netgroup *group)
{
	struct netgroup_triple triple;

	group->first_triple = (uint32_t)groups->triples.count;
	group->first_inner = (uint32_t)groups->inner.count;
	members.length = str_find(members, '\0');
	for (skip_spaces(&members); members.length; skip_spaces(&members)) {
		if (members.data[0] != '(')
			*ARRAY_ADD(arena, &groups->inner) = next_word(&members);
		else if (next_triple(&members, &triple))
			*ARRAY_ADD(arena, &groups->triples) = triple;
		else
			break;
	}
	group->triple_count =
		(uint32_t)groups->triples.count - group->first_triple;
	group->inner_count = (uint32_t)groups->inner.count - group->first_inner;
}

static const struct netgroup *find(const struct netgroups *groups,
				   struct str name)
{
	ID_TABLE_EACH (&groups->by_name, hash_bytes(0, name), id)
		if (str_equal(groups->list.items[id].name, name))
			return &groups->list.items[id];
	return NULL;
}

/* Length of the line at the start of text, and of those that continue it, with
 * the last newline. */
static size_t line_length(struct str text)
{
	size_t length = str_find(text, '\n');

	while (length && length < text.length && text.data[length - 1] == '\\')
		length += 1 + str_find(str_skip(text, length + 1), '\n');
	return length + (length < text.length);
}

/* Blanks where lines were joined. */
static struct str join_lines(struct arena *arena, struct str lines)
{
	char *copy;

	if (str_find(lines, '\n') + 1 >= lines.length)
		return lines;
	copy = arena_copy(arena, lines.data, lines.length);
	for (size_t i = 1; i + 1 < lines.length; i++)
		if (copy[i] == '\n')
			copy[i - 1] = copy[i] = ' ';
	return (struct str){ copy, lines.length };
}

static void parse_line(struct arena *arena, struct str lines,
		       struct netgroups *groups)
{
	struct str rest = lines, name;
	struct netgroup group;

	if (!lines.length || is_space(lines.data[0]))
		return;
	name = next_word(&rest);
	if (!rest.length || find(groups, name))
		return;
	group = (struct netgroup){ .name = name };
	parse_members(arena, join_lines(arena, str_skip(rest, 1)), groups,
		      &group);
	id_table_add(arena, &groups->by_name, hash_bytes(0, name),
		     (uint32_t)groups->list.count);
	*ARRAY_ADD(arena, &groups->list) = group;
}

void netgroups_parse(struct arena *arena, struct str text,
		     struct netgroups *groups)
{
	*groups = (struct netgroups){ 0 };
	while (text.length) {
		struct str lines = { text.data, line_length(text) };

		parse_line(arena, lines, groups);
		text = str_skip(text, lines.length);
	}
}

/* Groups whose members are still to be added. */
struct visit {
	ARRAY(const struct netgroup *) list;
	bool *seen; /* by the number of the group */
};

static void visit_group(struct arena *arena, const struct netgroups *groups,
			struct str name, struct visit *visit)
{
	const struct netgroup *group = find(groups, name);

	if (!group || visit->seen[group - groups->list.items])
		return;
	visit->seen[group - groups->list.items] = true;
	*ARRAY_ADD(arena, &visit->list) = group;
}

static void add_members(struct arena *arena, const struct netgroups *groups,
			const struct netgroup *group, struct visit *visit,
			struct netgroup_answer *answer)
{
	for (uint32_t i = 0; i < group->triple_count; i++)
		*ARRAY_ADD(arena, &answer->triples) =
			&groups->triples.items[group->first_triple + i];
	for (uint32_t i = 0; i < group->inner_count; i++)
		visit_group(arena, groups,
			    groups->inner.items[group->first_inner + i], visit);
}

bool netgroups_find(struct arena *arena, const struct netgroups *groups,
		    struct str name, struct netgroup_answer *answer)
{
	struct visit visit = {
		.seen = arena_alloc_array(arena, groups->list.count,
					  sizeof(*visit.seen)),
	};

	*answer = (struct netgroup_answer){ 0 };
	visit_group(arena, groups, name, &visit);
	if (!visit.list.count)
		return false;
	while (visit.list.count)
		add_members(arena, groups, visit.list.items[--visit.list.count],
			    &visit, answer);
	return true;
}
