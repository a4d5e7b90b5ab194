#include "hosts_parser.h"

/* As isspace(3) in the C locale. */
static bool is_space(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/* The next word of line, which is moved behind it; empty at the end. */
static struct str next_word(struct str *line)
{
	struct str word;

	while (line->length && is_space(line->data[0]))
		*line = str_skip(*line, 1);
	word = (struct str){ line->data, 0 };
	while (word.length < line->length && !is_space(word.data[word.length]))
		word.length++;
	*line = str_skip(*line, word.length);
	return word;
}

/* The line as the C library sees it. One that starts with blanks and ends
 * without newline (at the end of the file, or at a NUL) is moved to the left
 * there without its end: as many bytes as there were blanks follow twice. */
static struct str line_as_read(struct arena *arena, struct str line,
			       bool newline)
{
	size_t end = str_find(line, '\0'), blanks = 0;
	char *moved;

	newline = newline && end == line.length;
	line.length = end;
	while (blanks < end && is_space(line.data[blanks]))
		blanks++;
	if (newline || !blanks || blanks == end || line.data[blanks] == '#')
		return line;
	moved = arena_copy(arena, line.data, end);
	memmove(moved, moved + blanks, end - blanks);
	return (struct str){ moved, end };
}

/* The IPv4 address that an IPv6 line stands for to the C library; others stay
 * as they are. */
static struct ip_address as_v4(struct ip_address address)
{
	static const uint8_t mapped[12] = { [10] = 0xff, [11] = 0xff };
	static const uint8_t loopback[16] = { [15] = 1 };
	struct ip_address v4 = { .family = IP_V4 };

	if (address.family != IP_V6)
		return address;
	if (memcmp(address.bytes, loopback, 16) == 0)
		memcpy(v4.bytes, (uint8_t[]){ 127, 0, 0, 1 }, 4);
	else if (memcmp(address.bytes, mapped, 12) == 0)
		memcpy(v4.bytes, address.bytes + 12, 4);
	else
		return address;
	return v4;
}

static void add_line(struct arena *arena, struct ip_address address,
		     struct str canonical, struct hosts *hosts)
{
	struct ip_address v4 = as_v4(address);
	uint32_t number = (uint32_t)hosts->lines.count;

	*ARRAY_ADD(arena, &hosts->lines) =
		(struct hosts_line){ address, canonical,
				     (uint32_t)hosts->names.count };
	id_table_add(arena, &hosts->by_address, ip_address_hash(address),
		     number);
	if (v4.family != address.family)
		id_table_add(arena, &hosts->by_address, ip_address_hash(v4),
			     number);
}

static void parse_line(struct arena *arena, struct str line, bool newline,
		       struct hosts *hosts)
{
	struct ip_address address;
	struct str word;

	line = line_as_read(arena, line, newline);
	line.length = str_find(line, '#');
	if (!ip_address_parse(next_word(&line), &address))
		return;
	word = next_word(&line);
	if (!word.length)
		return;
	add_line(arena, address, word, hosts);
	for (; word.length; word = next_word(&line)) {
		*ARRAY_ADD(arena, &hosts->names) = (struct hosts_name){
			word, (uint32_t)(hosts->lines.count - 1)
		};
		id_table_add(arena, &hosts->by_name, hash_bytes_nocase(0, word),
			     (uint32_t)(hosts->names.count - 1));
	}
}

void hosts_parse(struct arena *arena, struct str text, struct hosts *hosts)
{
	*hosts = (struct hosts){ 0 };
	while (text.length) {
		struct str line = { text.data, str_find(text, '\n') };
		bool newline = line.length < text.length;

		parse_line(arena, line, newline, hosts);
		text = str_skip(text, line.length + newline);
	}
}

/* RFC 3484's default precedences; an IPv4 address counts as mapped. */
static unsigned precedence(struct ip_address address)
{
	static const uint8_t zeros[16];
	static const uint8_t mapped[12] = { [10] = 0xff, [11] = 0xff };
	static const uint8_t loopback[16] = { [15] = 1 };

	if (address.family == IP_V4 || memcmp(address.bytes, mapped, 12) == 0)
		return 10;
	if (memcmp(address.bytes, loopback, 16) == 0)
		return 50;
	if (memcmp(address.bytes, zeros, 12) == 0)
		return 20;
	if (address.bytes[0] == 0x20 && address.bytes[1] == 0x02)
		return 30;
	return 40;
}

enum { SCOPE_LINK = 2, SCOPE_SITE = 5, SCOPE_GLOBAL = 14 };

static unsigned scope_v4(const uint8_t bytes[16])
{
	return bytes[0] == 127 || (bytes[0] == 169 && bytes[1] == 254)
		       ? SCOPE_LINK
		       : SCOPE_GLOBAL;
}

static unsigned scope(struct ip_address address)
{
	const uint8_t *bytes = address.bytes;

	if (address.family == IP_V4)
		return scope_v4(bytes);
	if (bytes[0] == 0xff)
		return bytes[1] & 0xf;
	if ((bytes[0] == 0xfe && (bytes[1] & 0xc0) == 0x80) ||
	    precedence(address) == 50)
		return SCOPE_LINK;
	if (bytes[0] == 0xfe && (bytes[1] & 0xc0) == 0xc0)
		return SCOPE_SITE;
	return SCOPE_GLOBAL;
}

/* Place of an address among its like: greater precedence, then smaller scope,
 * then the earlier line. */
struct place {
	uint32_t rank;
	uint32_t line;
};

static int compare_places(const void *a, const void *b)
{
	const struct place *x = a, *y = b;

	if (x->rank != y->rank)
		return x->rank < y->rank ? -1 : 1;
	return x->line < y->line ? -1 : x->line > y->line;
}

bool hosts_find(struct arena *arena, const struct hosts *hosts, struct str name,
		struct hosts_answer *answer)
{
	uint32_t hash = hash_bytes_nocase(0, name), first = UINT32_MAX;
	ARRAY(struct place) places = { 0 };
	struct ip_address *addresses;

	*answer = (struct hosts_answer){ 0 };
	ID_TABLE_EACH (&hosts->by_name, hash, id) {
		struct hosts_name known = hosts->names.items[id];
		struct ip_address address;

		if (!str_equal_nocase(known.name, name))
			continue;
		address = hosts->lines.items[known.line].address;
		*ARRAY_ADD(arena, &places) =
			(struct place){ (100 - precedence(address)) * 16 +
						scope(address),
					known.line };
		if (known.line < first)
			first = known.line;
	}
	if (!places.count)
		return false;
	qsort(places.items, places.count, sizeof(*places.items),
	      compare_places);
	addresses = arena_alloc_array(arena, places.count, sizeof(*addresses));
	for (size_t i = 0; i < places.count; i++) {
		/* a line may repeat the name */
		if (i && places.items[i].line == places.items[i - 1].line)
			continue;
		addresses[answer->count++] =
			hosts->lines.items[places.items[i].line].address;
	}
	answer->canonical = hosts->lines.items[first].canonical;
	answer->addresses = addresses;
	return true;
}

static bool line_has(const struct hosts_line *line, struct ip_address address)
{
	return ip_address_equal(address.family == IP_V4 ? as_v4(line->address)
							: line->address,
				address);
}

struct hosts_names hosts_find_names(const struct hosts *hosts,
				    struct ip_address address)
{
	uint32_t first = UINT32_MAX;
	struct hosts_names names = { 0 };
	const struct hosts_name *end = hosts->names.items + hosts->names.count;

	ID_TABLE_EACH (&hosts->by_address, ip_address_hash(address), line)
		if (line < first &&
		    line_has(&hosts->lines.items[line], address))
			first = line;
	if (first == UINT32_MAX)
		return names;
	names.items = hosts->names.items + hosts->lines.items[first].first_name;
	while (names.items + names.count < end &&
	       names.items[names.count].line == first)
		names.count++;
	return names;
}
