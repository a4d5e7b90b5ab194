#include "server_list_parser.h"

#include <net/if.h>

#include "number.h"

enum { NAME_MAX_BYTES = 255, V4_BITS = 32, V6_BITS = 128 };

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* "fe80::1%eth0"; the interface is one of this host, or a number. */
static bool parse_zoned(struct arena *arena, struct str text,
			struct ip_address *address)
{
	size_t percent = str_find(text, '%');
	struct str zone;
	int64_t number;

	if (!ip_address_parse((struct str){ text.data, percent }, address))
		return false;
	if (percent == text.length)
		return true;
	zone = str_skip(text, percent + 1);
	if (address->family != IP_V6)
		return false;
	address->zone =
		if_nametoindex(arena_copy(arena, zone.data, zone.length));
	if (!address->zone && number_strtol(zone, &number) && number > 0 &&
	    number <= UINT32_MAX)
		address->zone = (uint32_t)number;
	return address->zone != 0;
}

static struct str without_brackets(struct str word)
{
	if (word.length > 2 && word.data[0] == '[' &&
	    word.data[word.length - 1] == ']')
		return (struct str){ word.data + 1, word.length - 2 };
	return word;
}

/* Clears the bits behind the prefix. */
static void clear_host_bits(struct ip_address *address, unsigned prefix)
{
	unsigned size = ip_address_size(*address);

	for (unsigned i = 0; i < size; i++) {
		unsigned first = i * 8;

		if (first >= prefix)
			address->bytes[i] = 0;
		else if (first + 8 > prefix)
			address->bytes[i] &=
				(uint8_t)(0xff00u >> (prefix - first));
	}
}

static bool parse_network(struct arena *arena, struct str word, size_t slash,
			  struct server_operand *operand, const char **problem)
{
	struct str digits = str_skip(word, slash + 1);
	unsigned bits;
	int64_t prefix;

	if (!parse_zoned(arena,
			 without_brackets((struct str){ word.data, slash }),
			 &operand->address)) {
		*problem = "no network: an address must stand before the `/`";
		return false;
	}
	bits = operand->address.family == IP_V4 ? V4_BITS : V6_BITS;
	if (!number_strtol(digits, &prefix) ||
	    !ascii_is_digit(digits.data[0]) || prefix > bits) {
		*problem = "no prefix length stands behind the `/`";
		return false;
	}
	operand->kind = SERVER_NETWORK;
	operand->prefix = (unsigned)prefix;
	clear_host_bits(&operand->address, operand->prefix);
	return true;
}

static bool is_name(struct str word)
{
	if (!word.length || word.length > NAME_MAX_BYTES || word.data[0] == '-')
		return false;
	for (size_t i = 0; i < word.length; i++) {
		unsigned char c = (unsigned char)word.data[i];

		if (c <= ' ' || c == 0x7f || strchr("\"'()*,;<>?[\\]`{|}", c))
			return false;
	}
	return true;
}

bool server_operand_parse(struct arena *arena, struct str word,
			  struct server_operand *operand, const char **problem)
{
	size_t slash = str_find(word, '/');

	*operand = (struct server_operand){
		.text = arena_copy(arena, word.data, word.length),
	};
	if (slash < word.length)
		return parse_network(arena, word, slash, operand, problem);
	if (parse_zoned(arena, without_brackets(word), &operand->address)) {
		operand->kind = SERVER_ADDRESS;
		return true;
	}
	operand->address = (struct ip_address){ 0 };
	*problem = "neither a host name nor an address";
	return is_name(word);
}

static void add_word(struct arena *arena, const struct source *source,
		     struct str word, struct server_operands *operands)
{
	uint32_t begin = (uint32_t)(word.data - source->text.data);
	struct server_operand operand;
	const char *problem;

	if (server_operand_parse(arena, word, &operand, &problem))
		*ARRAY_ADD(arena, &operands->list) = operand;
	else
		diag_add(arena, &operands->diags,
			 (struct diag){
				 .span = { begin,
					   begin + (uint32_t)word.length },
				 .message = problem,
				 .consequence = "it is left out",
			 });
}

void server_list_parse(struct arena *arena, const struct source *source,
		       struct server_operands *operands)
{
	struct str text = source->text, line;

	while (str_take(&text, '\n', &line)) {
		line.length = str_find(line, '#');
		while (line.length) {
			size_t length = 0;

			while (length < line.length &&
			       !is_blank(line.data[length]))
				length++;
			if (length)
				add_word(arena, source,
					 (struct str){ line.data, length },
					 operands);
			line = str_skip(line, length ? length : (size_t)1);
		}
	}
}
