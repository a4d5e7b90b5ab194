#include "socket_table_parser.h"

#include "number.h"

enum { WORD_DIGITS = 8, V4_DIGITS = 8, V6_DIGITS = 32 };

static bool next_word(struct str *line, struct str *word)
{
	while (str_take(line, ' ', word))
		if (word->length)
			return true;
	return false;
}

/* ::ffff:a.b.c.d is how a socket of both families sees an IPv4 peer. */
static void unmap(struct ip_address *address)
{
	static const uint8_t prefix[12] = { [10] = 0xff, [11] = 0xff };

	if (address->family != IP_V6 ||
	    memcmp(address->bytes, prefix, sizeof(prefix)) != 0)
		return;
	address->family = IP_V4;
	memmove(address->bytes, address->bytes + sizeof(prefix), 4);
	memset(address->bytes + 4, 0, sizeof(address->bytes) - 4);
}

/* Words of 32 bits are printed as numbers of this machine. */
static bool parse_address(struct str text, struct ip_address *address)
{
	*address = (struct ip_address){
		.family = text.length == V4_DIGITS ? IP_V4 : IP_V6,
	};
	if (text.length != V4_DIGITS && text.length != V6_DIGITS)
		return false;
	for (size_t i = 0; i < text.length / WORD_DIGITS; i++) {
		uint32_t word;

		if (!number_hex32((struct str){ text.data + i * WORD_DIGITS,
						WORD_DIGITS },
				  &word))
			return false;
		memcpy(address->bytes + i * sizeof(word), &word, sizeof(word));
	}
	unmap(address);
	return true;
}

static bool parse_end(struct str text, struct ip_address *address,
		      uint16_t *port)
{
	struct str digits;
	uint32_t number;

	(void)str_take(&text, ':', &digits);
	if (!parse_address(digits, address) || !number_hex32(text, &number) ||
	    number > UINT16_MAX)
		return false;
	*port = (uint16_t)number;
	return true;
}

/* Queues, timers, tries, the owner and his timeouts stand before it. */
static uint64_t parse_inode(struct str rest)
{
	enum { INODE_WORD = 6 };
	struct str word = { 0 };
	uint64_t inode;

	for (int i = 0; i < INODE_WORD; i++)
		if (!next_word(&rest, &word))
			return 0;
	return number_strtoul(word, &inode) ? inode : 0;
}

static bool parse_line(struct str line, struct socket_entry *entry)
{
	struct str slot, local, remote, state;
	bool ok;

	ok = next_word(&line, &slot) && next_word(&line, &local) &&
	     next_word(&line, &remote) && next_word(&line, &state) &&
	     parse_end(local, &entry->local, &entry->local_port) &&
	     parse_end(remote, &entry->remote, &entry->remote_port) &&
	     number_hex32(state, &entry->state);
	entry->inode = ok ? parse_inode(line) : 0;
	return ok;
}

void socket_table_parse(struct arena *arena, struct str text,
			struct socket_table *sockets)
{
	struct socket_entry entry;
	struct str line;

	while (str_take(&text, '\n', &line))
		if (parse_line(line, &entry))
			*ARRAY_ADD(arena, &sockets->list) = entry;
}
