#include "client_spec.h"

static const char *const type_names[CLIENT_TYPES] = {
	[CLIENT_HOST] = "host",		  [CLIENT_NETWORK] = "network",
	[CLIENT_WILDCARD] = "wildcard",	  [CLIENT_NETGROUP] = "netgroup",
	[CLIENT_ANONYMOUS] = "anonymous", [CLIENT_GSS] = "gss",
};

const char *client_type_name(enum client_type type)
{
	return type_names[type];
}

/* A name with a wildcard, a network, or a host: the first telling byte
 * decides; a backslash takes the meaning of the byte behind it. */
static enum client_type scan_type(struct str host)
{
	for (size_t i = 0; i < host.length; i++) {
		switch (host.data[i]) {
		case '*':
		case '?':
		case '[':
			return CLIENT_WILDCARD;
		case '/':
			return CLIENT_NETWORK;
		case '\\':
			i++;
		}
	}
	return CLIENT_HOST;
}

static enum client_type type_of(struct str host)
{
	if (host.length == 0 || str_is(host, "*"))
		return CLIENT_ANONYMOUS;
	if (str_starts(host, STR("gss/")))
		return CLIENT_GSS;
	if (host.data[0] == '@')
		return CLIENT_NETGROUP;
	return scan_type(host);
}

/* Is text a prefix length as strtoul(3) reads it, and at most max? No text at
 * all is 0; blanks, a sign and zeros may come first. */
static bool prefix_is_valid(struct str text, uint32_t max)
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
	if (i == text.length)
		return text.length == 0;
	for (; i < text.length && ascii_is_digit(text.data[i]); i++)
		if (__builtin_mul_overflow(value, 10, &value) ||
		    __builtin_add_overflow(
			    value, (uint64_t)(text.data[i] - '0'), &value))
			return false;
	if (negative)
		value = -value;
	return i == text.length && value <= max;
}

/* Numeric address of a network; an IPv6 address may name its zone. */
static bool parse_network_address(struct str text, struct ip_address *address)
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

static enum client_problem check_network(struct str host)
{
	size_t slash = str_find(host, '/');
	struct str mask = str_skip(host, slash + 1);
	struct ip_address address, parsed;

	host.length = slash;
	if (!parse_network_address(host, &address))
		return CLIENT_BAD_ADDRESS;
	if (str_find(mask, address.family == IP_V4 ? '.' : ':') < mask.length)
		return ip_address_parse(mask, &parsed) &&
				       parsed.family == address.family
			       ? CLIENT_FINE
			       : CLIENT_BAD_NETMASK;
	return prefix_is_valid(mask, address.family == IP_V4 ? 32 : 128)
		       ? CLIENT_FINE
		       : CLIENT_BAD_PREFIX;
}

struct client_spec client_spec_of(struct str host)
{
	struct client_spec spec = { .type = type_of(host) };

	if (spec.type == CLIENT_NETWORK)
		spec.problem = check_network(host);
	else if (spec.type == CLIENT_HOST)
		ip_address_parse_host(host, &spec.address);
	return spec;
}
