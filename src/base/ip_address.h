/* IPv4 and IPv6 addresses as values. */
#ifndef IP_ADDRESS_H
#define IP_ADDRESS_H

#include <stdint.h>

#include "str.h"

enum ip_family { IP_NONE = 0, IP_V4 = 4, IP_V6 = 6 };

struct ip_address {
	uint8_t family;	   /* enum ip_family */
	uint8_t bytes[16]; /* network order; an IPv4 address uses the first 4,
			      the others are 0 */
	uint32_t zone; /* index of the interface of a link-local IPv6 address,
			  0 where none is named */
};

/* Bytes that an address of this family has: 4 or 16. */
static inline unsigned ip_address_size(struct ip_address address)
{
	return address.family == IP_V4 ? 4 : 16;
}

bool ip_address_equal(struct ip_address a, struct ip_address b);
uint32_t ip_address_hash(struct ip_address address);

/* Strict text forms, as inet_pton(3) takes them. */
bool ip_address_parse(struct str text, struct ip_address *address);

/* What getaddrinfo(3) takes as a numeric host without asking anybody: the
 * strict forms, and inet_aton(3)'s short, octal and hexadecimal IPv4 forms
 * (10.1 is 10.0.0.1). No scope suffix (%eth0). */
bool ip_address_parse_host(struct str text, struct ip_address *address);

/* The strict forms, those of IPv6 also with the zone of RFC 4007:
 * "fe80::1%eth0" or "fe80::1%2". The interface must be one of this host. */
bool ip_address_parse_zoned(struct str text, struct ip_address *address);

struct sockaddr;

/* The address in an IPv4 or IPv6 socket address, with the zone of a link-local
 * one. False for any other family. */
bool ip_address_of_socket(const struct sockaddr *from,
			  struct ip_address *address);

/* Room for the text of any address with its NUL. */
enum { IP_ADDRESS_TEXT = 46 };

/* The canonical text (RFC 5952 for IPv6) into text; returns text. */
const char *ip_address_text(struct ip_address address,
			    char text[IP_ADDRESS_TEXT]);

#endif
