#include "rmtab_parser.h"

#include "number.h"

/* An IPv6 address is written with semicolons. */
static struct str restore_colons(struct arena *arena, struct str client)
{
	char *copy;

	if (str_find(client, ';') == client.length)
		return client;
	copy = arena_copy(arena, client.data, client.length);
	for (size_t i = 0; i < client.length; i++)
		if (copy[i] == ';')
			copy[i] = ':';
	return (struct str){ copy, client.length };
}

static uint32_t count_of(struct str text)
{
	uint64_t count;

	if (!text.length)
		return 1;
	(void)number_strtoul(text, &count);
	return count > UINT32_MAX ? UINT32_MAX : (uint32_t)count;
}

void rmtab_parse(struct arena *arena, struct str text, struct rmtab *rmtab)
{
	uint32_t number = 0;
	struct str line;

	*rmtab = (struct rmtab){ 0 };
	while (str_take(&text, '\n', &line)) {
		size_t length = line.length;
		struct rmtab_entry entry;

		number++;
		(void)str_take(&line, ':', &entry.client);
		if (entry.client.length == length) {
			rmtab->malformed_line = number;
			return;
		}
		(void)str_take(&line, ':', &entry.path);
		entry.client = restore_colons(arena, entry.client);
		entry.count = count_of(line);
		*ARRAY_ADD(arena, &rmtab->list) = entry;
	}
}
