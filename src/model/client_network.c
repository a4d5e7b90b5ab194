#include "client_network.h"

/* Reads text as strtoul(3) does into *prefix. No text at all is 0; blanks, a
 * sign and zeros may come first. False unless it is a number up to max. */
static bool parse_prefix(struct str text, uint64_t max, uint64_t *prefix)
{
	uint64_t value = 0;
	bool negative;
	size_t i = 0;

	while (i < text.length &&
	       (text.data[i] == ' ' ||
		(text.data[i] >= '\t' && text.data[i] <= '\r')))
		i++;
	negative = i < text.length && text.data[i] == '-';
	if (negative || (i < text.length && text.data[i] == '+'))
		i++;
	if (i == text.length && text.length)
		return false;
	for (; i < text.length && ascii_is_digit(text.data[i]); i++)
		if (__builtin_mul_overflow(value, 10, &value) ||
		    __builtin_add_overflow(
			    value, (uint64_t)(text.data[i] - '0'), &value))
			return false;
	*prefix = negative ? -value : value;
	return i == text.length && *prefix <= max;
}

/* Numeric address of a network; an IPv6 address may name its zone. */
static bool parse_address(struct str text, struct ip_address *address)
{
	size_t percent = str_find(text, '%');
	struct str zone = str_skip(text, percent);

	text.length = percent;
	if (!ip_address_parse(text, address))
		return false;
	if (!zone.length)
		return true;
	for (size_t i = 1; i < zone.length; i++)
		if (!ascii_is_digit(zone.data[i]))
			return false;
	return address->family == IP_V6 && zone.length > 1;
}

/* 0 bits become 32: see zero_prefix. */
static void fill_mask(struct ip_address *mask, uint64_t prefix)
{
	unsigned bits = prefix ? (unsigned)prefix : 32;

	for (unsigned i = 0; i < bits; i++)
		mask->bytes[i / 8] |= (uint8_t)(0x80 >> i % 8);
}

enum client_problem client_network_parse(struct str host,
					 struct client_network *network)
{
	size_t slash = str_find(host, '/');
	struct str mask = str_skip(host, slash + 1);
	uint64_t prefix;
	bool v4;

	*network = (struct client_network){ 0 };
	host.length = slash;
	if (!parse_address(host, &network->address))
		return CLIENT_BAD_ADDRESS;
	v4 = network->address.family == IP_V4;
	if (str_find(mask, v4 ? '.' : ':') < mask.length)
		return ip_address_parse(mask, &network->mask) &&
				       network->mask.family ==
					       network->address.family
			       ? CLIENT_FINE
			       : CLIENT_BAD_NETMASK;
	if (!parse_prefix(mask, v4 ? 32 : 128, &prefix))
		return CLIENT_BAD_PREFIX;
	network->zero_prefix = prefix == 0;
	network->mask.family = network->address.family;
	fill_mask(&network->mask, prefix);
	return CLIENT_FINE;
}

unsigned client_network_free_bits(const struct client_network *network)
{
	unsigned size = ip_address_size(network->mask), bits = 8 * size;

	for (unsigned i = 0; i < size; i++)
		bits -= (unsigned)__builtin_popcount(network->mask.bytes[i]);
	return bits;
}
