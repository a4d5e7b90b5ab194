#include "etab_lines.h"

static size_t find_blank(struct str text)
{
	size_t tab = str_find(text, '\t'), blank = str_find(text, ' ');

	return tab < blank ? tab : blank;
}

/* A client is an address, a name or a pattern, none of which has a "(". */
struct etab_line etab_line_of(struct str line)
{
	struct etab_line taken = { .path = line };
	size_t open;

	taken.path.length = find_blank(line);
	taken.client = str_trim(str_skip(line, taken.path.length));
	open = str_find(taken.client, '(');
	if (open == taken.client.length)
		return taken;
	taken.options = str_skip(taken.client, open + 1);
	if (taken.options.length &&
	    taken.options.data[taken.options.length - 1] == ')')
		taken.options.length--;
	taken.client.length = open;
	return taken;
}

static uint32_t hash_key(const struct etab_line *line)
{
	return hash_bytes(hash_bytes(0, line->path), line->client);
}

static bool is_passed_over(struct str line)
{
	line = str_trim(line);
	return !line.length || line.data[0] == '#';
}

void etab_lines_read(struct arena *arena, struct str etab,
		     struct etab_lines *lines)
{
	struct str rest = etab, line;

	*lines = (struct etab_lines){ 0 };
	while (str_take(&rest, '\n', &line)) {
		struct etab_line taken;

		if (is_passed_over(line))
			continue;
		taken = etab_line_of(line);
		taken.span.begin = (uint32_t)(line.data - etab.data);
		taken.span.end = taken.span.begin + (uint32_t)line.length;
		id_table_add(arena, &lines->by_key, hash_key(&taken),
			     (uint32_t)lines->list.count);
		*ARRAY_ADD(arena, &lines->list) = taken;
	}
}

struct etab_line *etab_lines_find(struct etab_lines *lines,
				  const struct etab_line *wanted)
{
	ID_TABLE_EACH (&lines->by_key, hash_key(wanted), id) {
		struct etab_line *line = &lines->list.items[id];

		if (!line->matched && str_equal(line->path, wanted->path) &&
		    str_equal(line->client, wanted->client))
			return line;
	}
	return NULL;
}
