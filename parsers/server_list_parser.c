#include "server_list_parser.h"

#include "number.h"

enum { NAME_MAX_BYTES = 255 };

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static struct str without_brackets(struct str word)
{
	if (word.length > 2 && word.data[0] == '[' &&
	    word.data[word.length - 1] == ']')
		return (struct str){ word.data + 1, word.length - 2 };
	return word;
}

bool server_address_parse(struct str word, struct ip_address *address)
{
	return ip_address_parse_zoned(without_brackets(word), address);
}

struct ip_address server_network_of(struct ip_address address, unsigned prefix)
{
	unsigned size = ip_address_size(address);

	for (unsigned i = 0; i < size; i++) {
		unsigned first = i * 8;

		if (first >= prefix)
			address.bytes[i] = 0;
		else if (first + 8 > prefix)
			address.bytes[i] &=
				(uint8_t)(0xff00u >> (prefix - first));
	}
	return address;
}

/* word has a slash at that index. */
static bool parse_network(struct str word, size_t slash,
			  struct server_operand *operand, const char **problem)
{
	struct str before = { word.data, slash };
	struct str digits = str_skip(word, slash + 1);
	int64_t prefix;

	*problem = "an address must stand before the `/`";
	if (!server_address_parse(before, &operand->address))
		return false;
	*problem = "the length of a prefix must stand behind the `/`";
	if (!digits.length || !ascii_is_digit(digits.data[0]) ||
	    !number_strtol(digits, &prefix) ||
	    prefix > ip_address_size(operand->address) * 8)
		return false;
	operand->kind = SERVER_NETWORK;
	operand->prefix = (unsigned)prefix;
	operand->address = server_network_of(operand->address, operand->prefix);
	return true;
}

static bool is_name(struct str word)
{
	if (!word.length || word.length > NAME_MAX_BYTES || word.data[0] == '-')
		return false;
	for (size_t i = 0; i < word.length; i++) {
		unsigned char c = (unsigned char)word.data[i];

		if (c <= ' ' || c == 0x7f || strchr("\"%'()*,:;<>?[\\]`{|}", c))
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
		return parse_network(word, slash, operand, problem);
	if (server_address_parse(word, &operand->address)) {
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
