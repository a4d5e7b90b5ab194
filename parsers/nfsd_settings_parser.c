#include "nfsd_settings_parser.h"

#include "number.h"

enum { OLDEST_VERSION = 2, NEWEST_VERSION = 4, MINORS = 3 };

static bool parse_u32(struct str text, uint32_t *number)
{
	int64_t value;

	if (!number_strtol(text, &value) || value < 0 || value > UINT32_MAX)
		return false;
	*number = (uint32_t)value;
	return true;
}

static void set_bit(unsigned *bits, uint32_t bit, bool on)
{
	*bits = on ? *bits | 1u << bit : *bits & ~(1u << bit);
}

/* "+4" or "-4.1". */
static void take_version(struct nfsd_versions *versions, struct str word)
{
	bool on = word.length && word.data[0] == '+';
	uint32_t major, minor;
	struct str text;

	if (word.length < 2 || (!on && word.data[0] != '-'))
		return;
	word = str_skip(word, 1);
	(void)str_take(&word, '.', &text);
	if (!parse_u32(text, &major) || major < OLDEST_VERSION ||
	    major > NEWEST_VERSION)
		return;
	if (!word.length)
		set_bit(&versions->served, major, on);
	else if (parse_u32(word, &minor) && minor < MINORS)
		set_bit(&versions->minors, minor, on);
}

struct nfsd_versions nfsd_versions_parse(struct str text)
{
	struct nfsd_versions versions = { .minors = (1 << MINORS) - 1 };
	struct str line, word;

	(void)str_take(&text, '\n', &line);
	while (str_take(&line, ' ', &word))
		take_version(&versions, word);
	if (!(versions.served & 1u << NEWEST_VERSION))
		versions.minors = 0;
	return versions;
}

void nfsd_ports_parse(struct arena *arena, struct str text,
		      struct nfsd_ports *ports)
{
	struct str line, transport;
	uint32_t port;

	*ports = (struct nfsd_ports){ 0 };
	while (str_take(&text, '\n', &line))
		if (str_take(&line, ' ', &transport) &&
		    parse_u32(line, &port) && port <= UINT16_MAX)
			*ARRAY_ADD(arena, &ports->list) =
				(struct nfsd_port){ transport, (uint16_t)port };
}

bool nfsd_ports_have(const struct nfsd_ports *ports, const char *transport,
		     uint16_t port)
{
	for (size_t i = 0; i < ports->list.count; i++)
		if (str_is(ports->list.items[i].transport, transport) &&
		    (!port || ports->list.items[i].port == port))
			return true;
	return false;
}

bool nfsd_number_parse(struct str text, uint32_t *number)
{
	struct str line;

	return str_take(&text, '\n', &line) && parse_u32(line, number);
}
