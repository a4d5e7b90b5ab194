#include "ip_address.h"

#include <arpa/inet.h>
#include <net/if.h>
#include <netinet/in.h>

#include "id_table.h"
#include "number.h"

/* Longest text that any parser here accepts; "0x" forms may be padded with
 * zeros, but getaddrinfo's own buffers end far below this. */
enum { TEXT_MAX = 255 };

bool ip_address_equal(struct ip_address a, struct ip_address b)
{
	return a.family == b.family && a.zone == b.zone &&
	       memcmp(a.bytes, b.bytes, sizeof(a.bytes)) == 0;
}

uint32_t ip_address_hash(struct ip_address address)
{
	return hash_bytes(address.family,
			  (struct str){ (const char *)address.bytes,
					ip_address_size(address) });
}

/* text as a C string, or false if it is too long or holds a NUL. */
static bool terminate(struct str text, char buffer[TEXT_MAX + 1])
{
	if (text.length > TEXT_MAX || str_find(text, '\0') < text.length)
		return false;
	if (text.length)
		memcpy(buffer, text.data, text.length);
	buffer[text.length] = '\0';
	return true;
}

bool ip_address_parse(struct str text, struct ip_address *address)
{
	char buffer[TEXT_MAX + 1];

	*address = (struct ip_address){ 0 };
	if (!terminate(text, buffer))
		return false;
	if (inet_pton(AF_INET, buffer, address->bytes) == 1)
		address->family = IP_V4;
	else if (inet_pton(AF_INET6, buffer, address->bytes) == 1)
		address->family = IP_V6;
	return address->family != IP_NONE;
}

bool ip_address_parse_host(struct str text, struct ip_address *address)
{
	char buffer[TEXT_MAX + 1];
	struct in_addr in;

	if (ip_address_parse(text, address))
		return true;
	/* inet_aton ignores what follows white space, getaddrinfo does not */
	if (!terminate(text, buffer) || strpbrk(buffer, " \t\n\v\f\r") ||
	    !inet_aton(buffer, &in))
		return false;
	address->family = IP_V4;
	memcpy(address->bytes, &in.s_addr, 4);
	return true;
}

/* The index of an interface that is named, or numbered, or 0. */
static uint32_t zone_of(struct str zone)
{
	char name[TEXT_MAX + 1];
	uint32_t index;
	int64_t number;

	if (!zone.length || !terminate(zone, name))
		return 0;
	index = if_nametoindex(name);
	if (!index && ascii_is_digit(name[0]) && number_strtol(zone, &number) &&
	    number <= UINT32_MAX)
		index = (uint32_t)number;
	return index;
}

bool ip_address_parse_zoned(struct str text, struct ip_address *address)
{
	size_t percent = str_find(text, '%');
	struct str zone = str_skip(text, percent);

	if (!ip_address_parse((struct str){ text.data, percent }, address))
		return false;
	if (!zone.length)
		return true;
	address->zone = zone_of(str_skip(zone, 1));
	return address->family == IP_V6 && address->zone;
}

const char *ip_address_text(struct ip_address address,
			    char text[IP_ADDRESS_TEXT])
{
	if (!inet_ntop(address.family == IP_V4 ? AF_INET : AF_INET6,
		       address.bytes, text, IP_ADDRESS_TEXT))
		text[0] = '\0';
	return text;
}

bool ip_address_of_socket(const struct sockaddr *from,
			  struct ip_address *address)
{
	const struct sockaddr_in *in = (const void *)from;
	const struct sockaddr_in6 *in6 = (const void *)from;

	*address = (struct ip_address){ 0 };
	if (from->sa_family == AF_INET) {
		address->family = IP_V4;
		memcpy(address->bytes, &in->sin_addr, 4);
		return true;
	}
	if (from->sa_family != AF_INET6)
		return false;
	address->family = IP_V6;
	memcpy(address->bytes, &in6->sin6_addr, 16);
	if (IN6_IS_ADDR_LINKLOCAL(&in6->sin6_addr))
		address->zone = in6->sin6_scope_id;
	return true;
}
